"""A sheet with errors comes in: upload, preview, the coloured workbook, repair, confirm; in a real browser."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, Axe, OpenPage
from tests.factories.accounts import staff
from tests.factories.organisations import UniversityFactory
from tests.spreadsheets.books import HEADER, xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.reading import read_import

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = [
    ["高校名册"],
    HEADER,
    ["示例甲大学", "高校", "", "太原市"],
    ["示例乙大学", "学堂"],
    ["示例丙大学", "高校", "", "新市"],
]


@pytest.fixture(autouse=True)
def roles() -> None:
    sync_roles()


def at_desk(page: Page, site: str, role: Role = Role.ORGANIZATION_DEPARTMENT) -> Page:
    client = Client()
    client.force_login(staff(role))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page


def upload(page: Page, site: str, file: Path) -> ImportRun:
    page.goto(f"{site}{reverse('admin:organisations_organisation_changelist')}")
    page.goto(f"{site}{reverse('admin:organisations_organisation_import_office')}")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    run = ImportRun.objects.latest("pk")
    # The worker's part: the page finds out by itself.
    read_import(run.pk)
    expect(page.get_by_role("heading", name="文件内容")).to_be_visible()
    return run


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_errors_are_repaired_and_the_rest_is_written(
    live_server: Any, open_page: OpenPage, axe: Axe, tmp_path: Path, size: tuple[int, int]
) -> None:
    UniversityFactory(name="示例丙大学", city="旧市")
    file = tmp_path / "名册.xlsx"
    file.write_bytes(xlsx(ROWS))
    page = at_desk(open_page(size), live_server.url)
    upload(page, live_server.url, file)
    expect(page.get_by_text("学堂")).to_be_visible()
    expect(page.get_by_text("旧市")).to_be_visible()
    axe(page)

    with page.expect_download() as told:
        page.get_by_role("link", name="下载标注错误的表格").click()
    repaired = tmp_path / "改.xlsx"
    told.value.save_as(repaired)
    book = openpyxl.load_workbook(repaired)
    (bad,) = [cell for row in book.active.iter_rows() for cell in row if cell.comment]
    assert bad.value == "学堂"
    bad.value = "高校"
    book.save(repaired)

    run = upload(page, live_server.url, repaired)
    expect(page.get_by_role("link", name="有错误 0")).to_be_visible()
    page.get_by_role("button", name="确认写入3行").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    apply_import(run.pk)
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible()
    expect(page.get_by_text("新增2条，变更1条")).to_be_visible()
    axe(page)
    assert set(Organisation.objects.values_list("name", "city")) == {
        ("示例甲大学", "太原市"), ("示例乙大学", ""), ("示例丙大学", "新市"),
    }  # fmt: skip

    upload(page, live_server.url, repaired)
    expect(page.get_by_role("link", name="无变化 3")).to_be_visible()
    expect(page.get_by_text("没有需要写入的内容")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('admin:spreadsheets_importrun_changelist')}")
    axe(page)


def test_an_auditor_finds_no_way_in(live_server: Any, open_page: OpenPage) -> None:
    page = at_desk(open_page(expected=("404",)), live_server.url, Role.AUDITOR)
    answer = page.goto(f"{live_server.url}{reverse('admin:spreadsheets_importrun_add')}")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"{live_server.url}{reverse('admin:organisations_organisation_changelist')}")
    expect(page.get_by_text("从 Excel 导入")).to_have_count(0)
