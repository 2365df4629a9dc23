"""From attendance to paid: the host confirms, three officers review, publish and pay, a visitor objects, and the
auditor's pack is verified. Every step the issue names is clicked; what lies between is done by the verbs."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from internships.models import Placement
from internships.selectors.attendance import months_between
from internships.subsidies import tasks
from internships.subsidies.enums import Duty
from internships.subsidies.models import AuditPack, Claim, NoticeObjection, PaymentBatch, PublicNotice
from internships.subsidies.services.account import set_account
from internships.subsidies.services.claim import submit
from internships.subsidies.services.notice import end_due_notices
from internships.subsidies.services.objection import answer_objection
from internships.subsidies.services.review import check_enrolment
from tests.browser import DESKTOP, PHONE, OpenPage
from tests.e2e.test_stay_journey import enter
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.payments import money, result_csv, rows_of
from tests.factories.subsidies import card_number
from tests.subsidies.claims_world import policy
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.roles import sync_roles

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[..., Any]


@pytest.fixture
def signed_in(live_server: Any, open_page: OpenPage) -> SignedIn:
    """Return ``signed_in(user, address)``: a page of somebody who has signed in, at an address."""

    def go(user: User, address: str, size: tuple[int, int] = DESKTOP) -> Any:
        page = open_page(size, accept_downloads=True)
        enter(page, live_server.url, user)
        page.goto(live_server.url + address)
        return page

    return go


def deed(page: Any, path: str, button: str) -> None:
    """Press the button above a record that leads to ``path``, and the one on the page that asks once more."""
    page.locator(f'a[href*="/{path}"]').last.click(timeout=3000)
    page.get_by_role("button", name=button, exact=True).click()


def fits(page: Any) -> bool:
    """Tell whether the page is no wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_from_attendance_to_paid_and_to_the_auditor(
    live_server: Any, open_page: OpenPage, signed_in: SignedIn, tmp_path: Path
) -> None:
    sync_roles()
    policy(notice_working_days=5, recheck_percent=0)
    stay = stays.over()
    host = stays.host_of(stay)
    student, name = stay.student.user, stay.student.name
    officer = stays.member(stay.lead_unit, Role.LEAD_UNIT_OFFICER)
    department, drafter, finance, auditor = staff(), staff(), staff(Role.FINANCE), staff(Role.AUDITOR)

    # The host fills the last month and appraises; the portal prepares the claim, the student hands it in.
    *earlier, last = months_between(stay.starts_on, stay.ends_on)
    for month in earlier:
        stays.confirmed(stay, month, actor=host)
    page = signed_in(host, f"/accounts/me/host/attendance/{last:%Y-%m}/", PHONE)
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="开始填表").click()
    page.get_by_role("button", name="确认本月考勤").click()
    expect(page.get_by_text("当月考勤已确认")).to_be_visible()
    stays.appraised(Placement.objects.get(pk=stay.pk))
    assert tasks.prepare() == 1
    claim = Claim.objects.get()
    set_account(student=stay.student, holder=name, card=card_number(1), bank="示例银行", actor=student)
    submit(claim=claim, actor=student, declared=True)

    # The host confirms; the lead unit reviews first, the department second.
    page.goto(live_server.url + reverse("host_subsidies:claim", args=[claim.pk]))
    assert fits(page)
    page.locator("#id_agree").check()
    page.get_by_role("button", name="确认申领").click()
    expect(page.get_by_text("已确认，下一步由牵头单位审核。")).to_be_visible()
    check_enrolment(claim=Claim.objects.get(), actor=officer)
    for user, queue in ((officer, "first"), (department, "second")):
        page = signed_in(user, reverse("admin:subsidies_review", args=[queue, claim.pk]))
        page.get_by_label("意见").fill("同意（示例）")
        page.get_by_role("button", name="通过 Alt+1").click()
        page.wait_for_url(f"**/desk/{queue}/")

    # The department publishes; a visitor objects on a phone; the line stands, and the notice comes to its end.
    page.goto(live_server.url + reverse("admin:subsidies_publicnotice_draft"))
    page.locator("#id_title").fill("示例公示")
    page.get_by_role("button", name="保存为草稿").click()
    deed(page, "publish", "公开")
    expect(page.get_by_text("公示已发布", exact=False).first).to_be_visible()
    visitor = open_page(PHONE)
    visitor.goto(live_server.url + PublicNotice.objects.get().get_absolute_url())
    assert fits(visitor)
    visitor.get_by_role("link", name=f"提出异议 1 {name}").click()
    visitor.locator("#id_text").fill("此人3月下旬不在岗（示例）")
    visitor.get_by_role("button", name="提交异议").click()
    visitor.wait_for_url("**/notices/objection/")
    assert Claim.objects.get().state == "objected"
    objection = NoticeObjection.objects.get()
    answer_objection(objection=objection, verdict="rejected", answer="经核实属实（示例）", actor=department)
    assert end_due_notices(today=timezone.localdate() + timedelta(days=30)) == 1
    assert Claim.objects.get().state == "cleared"

    # One officer drafts and seals the batch, finance releases it and reads the bank's result.
    budget = money(10_000)
    page = signed_in(drafter, reverse("admin:subsidies_paymentbatch_draft"))
    page.locator("#id_title").fill("示例批次")
    page.locator("#id_budget_line").select_option(str(budget.pk), force=True)
    page.get_by_role("button", name="编制", exact=True).click()
    deed(page, "seal", "封存")
    expect(page.get_by_text("已封存", exact=False).first).to_be_visible()
    batch = PaymentBatch.objects.get()
    page = signed_in(finance, reverse("admin:subsidies_paymentbatch_change", args=[batch.pk]))
    deed(page, "release", "放款")
    expect(page.get_by_text("已放款", exact=False).first).to_be_visible()
    batch.refresh_from_db()
    page.locator(f'a[href*="/{batch.pk}/result"]').last.click(timeout=3000)
    upload = result_csv(rows_of(batch))
    file = {"name": upload.name, "mimeType": "text/csv", "buffer": upload.read()}
    page.locator("#id_upload").set_input_files(file)
    page.get_by_role("button", name="读取").click()
    page.wait_for_url("**/results/*/")

    # The student reads it on the phone, and everybody had one duty.
    page = signed_in(student, reverse("my_subsidies:claim", args=[claim.number]), PHONE)
    expect(page.get_by_text("已到账").first).to_be_visible()
    assert fits(page)
    hands = {one.duty: one.user_id for one in claim.duties.exclude(duty=Duty.ENROLMENT)}
    assert hands == {
        Duty.HOST_CONFIRM: host.pk, Duty.FIRST_REVIEW: officer.pk, Duty.SECOND_REVIEW: department.pk,
        Duty.PAY: finance.pk,
    }  # fmt: skip

    # The auditor has a pack made, and the command finds it whole.
    page = signed_in(auditor, reverse("admin:subsidies_auditpack_ask"))
    page.locator("#id_scope").select_option("batch", force=True)
    page.locator("#id_batch").select_option(str(batch.pk), force=True)
    page.locator("#id_reason").fill("年度审计（示例）")
    page.get_by_role("button", name="生成").click()
    page.wait_for_url("**/change/")
    pack = AuditPack.objects.get()
    tasks.make_auditor_pack(pack.pk)
    page.reload()
    with page.expect_download() as found:
        page.locator(f'a[href*="/{pack.pk}/download"]').last.click(timeout=3000)
    kept, told = tmp_path / "pack.zip", StringIO()
    found.value.save_as(kept)
    call_command("verify_pack", str(kept), stdout=told)
    assert "The pack is whole." in told.getvalue()
