"""From attendance to paid: the host confirms, three officers review, publish and pay, a visitor objects, and the
auditor's pack is verified. Every step the issue names is clicked; what lies between is done by the verbs."""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cast:
    """Who acts: nobody does two things."""

    host: User
    student: User
    officer: User
    department: User
    drafter: User
    finance: User
    auditor: User


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
    page.locator(f'a[href*="/{path}"]').last.click()
    page.get_by_role("button", name=button, exact=True).click()


def fits(page: Any) -> bool:
    """Tell whether the page is no wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def _hand_in(stay: Placement, cast: Cast, signed_in: SignedIn) -> Claim:
    """The host fills the last month and appraises; the portal prepares the claim, the student hands it in."""
    *earlier, last = months_between(stay.starts_on, stay.ends_on)
    for month in earlier:
        stays.confirmed(stay, month, actor=cast.host)
    page = signed_in(cast.host, f"/accounts/me/host/attendance/{last:%Y-%m}/", PHONE)
    page.get_by_role("link", name=stay.student.name).click()
    page.get_by_role("button", name="开始填表").click()
    page.get_by_role("button", name="确认本月考勤").click()
    expect(page.get_by_text("当月考勤已确认")).to_be_visible()
    stays.appraised(Placement.objects.get(pk=stay.pk))
    assert tasks.prepare() == 1
    claim = Claim.objects.get()
    set_account(
        student=stay.student, holder=stay.student.name, card=card_number(1), bank="示例银行", actor=cast.student
    )
    submit(claim=claim, actor=cast.student, declared=True)
    return claim


def _review(claim: Claim, cast: Cast, signed_in: SignedIn) -> None:
    """The host confirms; the lead unit reviews first, the department second."""
    page = signed_in(cast.host, reverse("host_subsidies:claim", args=[claim.pk]), PHONE)
    assert fits(page)
    page.locator("#id_agree").check()
    page.get_by_role("button", name="确认申领").click()
    expect(page.get_by_text("已确认，下一步由牵头单位审核。")).to_be_visible()
    check_enrolment(claim=Claim.objects.get(), actor=cast.officer)
    for user, queue in ((cast.officer, "first"), (cast.department, "second")):
        page = signed_in(user, reverse("admin:subsidies_review", args=[queue, claim.pk]))
        page.get_by_label("意见").fill("同意（示例）")
        page.get_by_role("button", name="通过 Alt+1").click()
        page.wait_for_url(f"**/desk/{queue}/")


def _publish(cast: Cast, signed_in: SignedIn, visitor: Any) -> None:
    """The department publishes; a visitor objects on a phone; the line stands, and the notice comes to its end."""
    page = signed_in(cast.department, reverse("admin:subsidies_publicnotice_draft"))
    page.locator("#id_title").fill("示例公示")
    page.get_by_role("button", name="保存为草稿").click()
    deed(page, "publish", "公开")
    expect(page.get_by_text("公示已发布", exact=False).first).to_be_visible()
    visitor.goto(page.url.split("/admin/")[0] + PublicNotice.objects.get().get_absolute_url())
    assert fits(visitor)
    visitor.get_by_role("link", name=f"提出异议 1 {Claim.objects.get().student.name}").click()
    visitor.locator("#id_text").fill("此人3月下旬不在岗（示例）")
    visitor.get_by_role("button", name="提交异议").click()
    visitor.wait_for_url("**/notices/objection/")
    assert Claim.objects.get().state == "objected"
    objection = NoticeObjection.objects.get()
    answer_objection(objection=objection, verdict="rejected", answer="经核实属实（示例）", actor=cast.department)
    assert end_due_notices(today=timezone.localdate() + timedelta(days=30)) == 1
    assert Claim.objects.get().state == "cleared"


def _pay(cast: Cast, signed_in: SignedIn) -> PaymentBatch:
    """One officer drafts and seals the batch, finance releases it and reads the bank's result."""
    budget = money(10_000)
    page = signed_in(cast.drafter, reverse("admin:subsidies_paymentbatch_draft"))
    page.locator("#id_title").fill("示例批次")
    page.locator("#id_budget_line").select_option(str(budget.pk), force=True)
    page.get_by_role("button", name="编制", exact=True).click()
    deed(page, "seal", "封存")
    expect(page.get_by_text("已封存", exact=False).first).to_be_visible()
    batch = PaymentBatch.objects.get()
    page = signed_in(cast.finance, reverse("admin:subsidies_paymentbatch_change", args=[batch.pk]))
    deed(page, "release", "放款")
    expect(page.get_by_text("已放款", exact=False).first).to_be_visible()
    batch.refresh_from_db()
    page.locator(f'a[href*="/{batch.pk}/result"]').last.click()
    upload = result_csv(rows_of(batch))
    file = {"name": upload.name, "mimeType": "text/csv", "buffer": upload.read()}
    page.locator("#id_upload").set_input_files(file)
    page.get_by_role("button", name="读取").click()
    page.wait_for_url("**/results/*/")
    return batch


def _audit(batch: PaymentBatch, cast: Cast, signed_in: SignedIn, kept: Path) -> None:
    """The auditor has a pack made, and the command finds it whole."""
    page = signed_in(cast.auditor, reverse("admin:subsidies_auditpack_ask"))
    page.locator("#id_scope").select_option("batch", force=True)
    page.locator("#id_batch").select_option(str(batch.pk), force=True)
    page.locator("#id_reason").fill("年度审计（示例）")
    page.get_by_role("button", name="生成").click()
    page.wait_for_url("**/change/")
    pack = AuditPack.objects.get()
    tasks.make_auditor_pack(pack.pk)
    page.reload()
    with page.expect_download() as found:
        page.locator(f'a[href*="/{pack.pk}/download"]').last.click()
    told = StringIO()
    found.value.save_as(kept)
    call_command("verify_pack", str(kept), stdout=told)
    assert "The pack is whole." in told.getvalue()


def test_from_attendance_to_paid_and_to_the_auditor(open_page: OpenPage, signed_in: SignedIn, tmp_path: Path) -> None:
    sync_roles()
    policy(notice_working_days=5, recheck_percent=0)
    stay = stays.over()
    officer = stays.member(stay.lead_unit, Role.LEAD_UNIT_OFFICER)
    others = (staff(), staff(), staff(Role.FINANCE), staff(Role.AUDITOR))
    cast = Cast(stays.host_of(stay), stay.student.user, officer, *others)
    claim = _hand_in(stay, cast, signed_in)
    _review(claim, cast, signed_in)
    _publish(cast, signed_in, open_page(PHONE))
    batch = _pay(cast, signed_in)

    # The student reads it on the phone, and everybody had one duty.
    page = signed_in(cast.student, reverse("my_subsidies:claim", args=[claim.number]), PHONE)
    expect(page.get_by_text("已到账").first).to_be_visible()
    assert fits(page)
    hands = {one.duty: one.user_id for one in claim.duties.exclude(duty=Duty.ENROLMENT)}
    assert hands == {
        Duty.HOST_CONFIRM: cast.host.pk, Duty.FIRST_REVIEW: cast.officer.pk, Duty.SECOND_REVIEW: cast.department.pk,
        Duty.PAY: cast.finance.pk,
    }  # fmt: skip
    _audit(batch, cast, signed_in, tmp_path / "pack.zip")
