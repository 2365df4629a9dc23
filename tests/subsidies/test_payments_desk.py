"""The desks of payment: who sees what, the way from draft to settled in the browser's steps, reports, packs."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from msoffcrypto import OfficeFile
from python_calamine import CalamineWorkbook

from internships.subsidies.enums import BankFileKind, BatchState, PackScope, PackState, RecoveryState
from internships.subsidies.models import AuditPack, BudgetLine, Claim, PaymentBatch, Recovery
from internships.subsidies.pack_format import MANIFEST, head_of, problems
from internships.subsidies.selectors.balances import balance_of, with_balances
from internships.subsidies.selectors.forecast import forecast
from internships.subsidies.selectors.reports import report
from internships.subsidies.services import auditor_pack
from internships.subsidies.services.auditor_pack import ask_for_pack, make_pack
from internships.subsidies.services.bank_files import hand_out
from internships.subsidies.services.recovery import receive_recovery, waive_recovery
from internships.subsidies.services.result import read_result
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import PlacementFactory
from tests.factories.payments import RETURNED, lines, money, payable, released, result_csv, rows_of, sealed
from tests.factories.subsidies import PolicyFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
PASSWORD = "示例-Passwort-9"
DESKS = ("paymentbatch", "paymentline", "budgetline", "journal", "recovery", "auditpack")
DEPARTMENT, OFFICER, FINANCE, AUDITOR, ADMINISTRATOR = (
    Role.ORGANIZATION_DEPARTMENT, Role.LEAD_UNIT_OFFICER, Role.FINANCE, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR,
)  # fmt: skip
SEES = {
    "paymentbatch": {DEPARTMENT, OFFICER, FINANCE, AUDITOR},
    "paymentline": {DEPARTMENT, OFFICER, FINANCE, AUDITOR},
    "budgetline": {DEPARTMENT, OFFICER, FINANCE, AUDITOR},
    "journal": {DEPARTMENT, OFFICER, FINANCE, AUDITOR},
    "recovery": {DEPARTMENT, OFFICER, FINANCE, AUDITOR},
    "auditpack": {DEPARTMENT, AUDITOR},
}
DOES = {
    "draft": {DEPARTMENT},
    "seal": {DEPARTMENT},
    "release": {FINANCE},
    "read_bank_result": {FINANCE},
    "files": {FINANCE},
    "cancel": {DEPARTMENT, FINANCE},
}


@pytest.fixture(autouse=True)
def _roles():
    sync_roles()


def page(client, name, *args):
    return client.get(reverse(f"admin:{name}", args=args))


@pytest.mark.parametrize("role", [DEPARTMENT, OFFICER, FINANCE, AUDITOR, ADMINISTRATOR])
def test_every_role_sees_its_desks_and_does_its_deeds_alone(client, role) -> None:
    batch = sealed(number=1)
    client.force_login(staff(role))
    seen = {name for name in DESKS if page(client, f"subsidies_{name}_changelist").status_code == 200}
    assert seen == {name for name, roles in SEES.items() if role in roles}
    for deed, roles in DOES.items():
        args = [] if deed == "draft" else [batch.pk]
        status = page(client, f"subsidies_paymentbatch_{deed}", *args).status_code
        assert (status == 200) == (role in roles) or status == 404
        if role not in roles:
            assert client.post(reverse(f"admin:subsidies_paymentbatch_{deed}", args=args)).status_code in {403, 404}
    for name in ("reports", "forecast"):
        wide = {DEPARTMENT, FINANCE, AUDITOR}
        assert (page(client, f"subsidies_paymentbatch_{name}").status_code == 200) == (role in wide)
    batch.refresh_from_db()
    assert batch.state == BatchState.SEALED


def test_a_colleagues_account_is_a_link_only_for_whom_it_opens(client) -> None:
    batch = sealed(number=1)
    account = reverse("admin:accounts_user_change", args=[batch.drafted_by_id])
    for role, opens in ((FINANCE, False), (AUDITOR, True)):
        client.force_login(staff(role))
        html = page(client, "subsidies_paymentbatch_change", batch.pk).content.decode()
        assert str(batch.drafted_by) in html
        assert (account in html) is opens
        assert (client.get(account).status_code == 200) is opens
    client.force_login(staff(FINANCE))
    ways = page(client, "subsidies_paymentbatch_changelist").content.decode()
    assert reverse("admin:subsidies_paymentbatch_reports") in ways


def test_finance_never_edits_a_claim_and_an_officer_sees_no_foreign_batch(client) -> None:
    finance = staff(FINANCE)
    assert not [name for name in finance.get_all_permissions() if name.startswith("subsidies.") and "_claim" in name
                and not name.startswith(("subsidies.view_", "subsidies.see_"))]  # fmt: skip
    batch = sealed(number=1)
    client.force_login(staff(OFFICER))
    assert page(client, "subsidies_paymentbatch_change", batch.pk).status_code == 404
    client.force_login(staff(ADMINISTRATOR))
    assert page(client, "subsidies_paymentbatch_change", batch.pk).status_code in {403, 404}


def test_three_officers_bring_a_batch_to_its_end_on_the_pages(client) -> None:
    line = money(10000)
    payable(2)
    drafter, finance = staff(DEPARTMENT), staff(FINANCE)
    client.force_login(drafter)
    assert reverse("admin:subsidies_paymentbatch_draft") in client.get(reverse("admin:index")).content.decode()
    client.post(reverse("admin:subsidies_paymentbatch_draft"), {"title": "示例批次", "budget_line": line.pk})
    batch = PaymentBatch.objects.get()
    address = reverse("admin:subsidies_paymentbatch_change", args=[batch.pk])
    assert client.get(address).status_code == 200
    client.post(f"{address.removesuffix('/change/')}/seal/")
    batch.refresh_from_db()
    assert batch.state == BatchState.SEALED
    client.force_login(finance)
    assert batch.number in client.get(reverse("admin:index")).content.decode()
    client.post(reverse("admin:subsidies_paymentbatch_release", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == BatchState.RELEASED
    again = client.post(reverse("admin:subsidies_paymentbatch_release", args=[batch.pk]))
    assert again.status_code == 200
    assert "portal-deed" in again.content.decode()
    files = reverse("admin:subsidies_paymentbatch_files", args=[batch.pk])
    got = client.post(files, {"kind": "xlsx", "reason": "示例", "password": PASSWORD})
    assert got["Content-Disposition"].startswith("attachment")
    assert client.post(files, {"kind": "csv", "reason": "示例"}).status_code == 200
    result = reverse("admin:subsidies_paymentbatch_read_bank_result", args=[batch.pk])
    rows = rows_of(batch, {1: RETURNED})
    told = client.post(result, {"upload": result_csv([["X", "1", "成功", "2026-01-01", ""], *rows])}, follow=True)
    assert "portal-part" in told.content.decode()
    done = client.post(result, {"upload": result_csv(rows)}, follow=True).content.decode()
    assert "2,000.00" in done or "2000.00" in done
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
    assert client.get(address).status_code == 200
    assert page(client, "subsidies_budgetline_change", line.pk).status_code == 200
    assert page(client, "subsidies_journal_change", batch.journals.first().pk).status_code == 200
    assert page(client, "subsidies_paymentline_change", lines(batch)[0].pk).status_code == 200


def test_the_file_for_the_bank_is_locked_its_numbers_are_text_and_the_download_is_on_record() -> None:
    batch = released(number=2)
    finance = batch.released_by
    with pytest.raises(DomainError, match="8"):
        hand_out(batch=batch, kind=BankFileKind.XLSX, actor=finance, reason="示例", password="kurz")
    with pytest.raises(DomainError):
        hand_out(batch=batch, kind=BankFileKind.CSV, actor=finance, reason="示例")
    with pytest.raises(DomainError):
        hand_out(batch=batch, kind=BankFileKind.XLSX, actor=finance, reason=" ", password=PASSWORD)
    found = hand_out(batch=batch, kind=BankFileKind.XLSX, actor=finance, reason="示例", password=PASSWORD)
    opened = BytesIO()
    file = OfficeFile(found.stream)
    assert file.is_encrypted()
    file.load_key(password=PASSWORD)
    file.decrypt(opened)
    opened.seek(0)
    rows = CalamineWorkbook.from_filelike(opened).get_sheet_by_index(0).to_python()
    first = lines(batch)[0]
    assert [first.reference, first.claim.student.name, first.claim.student.id_number, first.account.card] == rows[3][
        1:5
    ]
    assert rows[5][7] == 4000.0
    csv = hand_out(batch=batch, kind=BankFileKind.CSV_GB, actor=finance, reason="示例", unprotected=True).stream.read()
    assert first.account.card in csv.decode("gb18030")
    paper = hand_out(batch=batch, kind=BankFileKind.SUMMARY, actor=finance, reason="").stream.read()
    with ZipFile(BytesIO(paper)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "肆仟元整" in text
    assert first.account.card not in text
    kept = batch.bank_files.get(kind="csvgb")
    with kept.file.open() as stream:
        assert first.account.card.encode() not in stream.read()
    entry = AuditEntry.objects.filter(details__file="xlsx").get()
    assert (entry.reason, PASSWORD in str(entry.details)) == ("示例", False)


def test_a_sealed_batch_has_a_summary_and_no_file_for_the_bank() -> None:
    batch = sealed(number=1)
    assert hand_out(batch=batch, kind=BankFileKind.SUMMARY, actor=UserFactory(), reason="").media_type.endswith(
        "document"
    )
    with pytest.raises(DomainError) as refused:
        hand_out(batch=batch, kind=BankFileKind.XLSX, actor=UserFactory(), reason="x", password=PASSWORD)
    assert refused.value.code == "state"


def paid(number: int = 2):
    batch = released(number=number)
    read_result(batch=batch, upload=result_csv(rows_of(batch)), actor=batch.released_by)
    return batch


def test_money_that_comes_back_is_in_the_ledger_and_ends_the_claim() -> None:
    claim, other = [line.claim for line in lines(paid(2))]
    department = UserFactory()
    whole, part = (
        Recovery.objects.create(
            claim=one, amount=amount, reason="示例", due_on=timezone.localdate(), demanded_by=department
        )
        for one, amount in ((claim, Decimal(2000)), (other, Decimal(500)))
    )
    receive_recovery(recovery=whole, actor=UserFactory(), on=timezone.localdate())
    receive_recovery(recovery=part, actor=UserFactory(), on=timezone.localdate())
    assert [Claim.objects.get(pk=one.pk).state for one in (claim, other)] == ["recovered", "paid"]
    line = with_balances(BudgetLine.objects.all()).get()
    assert (balance_of(line).paid, balance_of(line).recovered) == (1500, 2500)
    with pytest.raises(DomainError):
        receive_recovery(recovery=whole, actor=UserFactory(), on=timezone.localdate())
    too_much = Recovery.objects.create(
        claim=other, amount=Decimal(1600), reason="示例", due_on=timezone.localdate(), demanded_by=department
    )
    with pytest.raises(DomainError):
        receive_recovery(recovery=too_much, actor=UserFactory(), on=timezone.localdate())
    with pytest.raises(DomainError):
        waive_recovery(recovery=too_much, actor=UserFactory(), on=timezone.localdate(), note="")
    assert waive_recovery(recovery=too_much, actor=UserFactory(), on=timezone.localdate(), note="示例决定").state == (
        RecoveryState.WAIVED
    )


def test_reports_add_up_by_every_dimension_and_leave_as_a_workbook(client) -> None:
    paid(3)
    year = timezone.localdate().year
    for by in ("month", "kind", "scheme", "university", "host", "level"):
        rows, total = report(year, by)
        assert (sum(row.amount for row in rows), total.amount, total.claims, total.people) == (6000, 6000, 3, 3)
    client.force_login(staff(AUDITOR))
    got = client.get(reverse("admin:subsidies_paymentbatch_reports"), {"by": "level", "as": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(got.streaming_content))).get_sheet_by_index(0).to_python()
    assert rows[3][5] == 6000.0
    shown = client.get(reverse("admin:subsidies_paymentbatch_reports"), {"by": "host"}).content.decode()
    assert shown.count("portal-bars__part--paid") >= 3
    assert client.get(reverse("admin:subsidies_paymentbatch_reports"), {"year": "x", "by": "'"}).status_code == 200


def test_the_forecast_counts_whole_months_still_to_come() -> None:
    PolicyFactory()
    today = date(2026, 6, 1)
    stay = PlacementFactory(on_post=True, starts_on=date(2026, 5, 1), ends_on=date(2026, 8, 31))
    type(stay).objects.filter(pk=stay.pk).update(starts_on=date(2026, 5, 1), ends_on=date(2026, 8, 31))
    money(9000, year=2026)
    found = forecast(today)
    assert [(row.stays, row.months, row.rate) for row in found.expected] == [(1, 4, 1000)]
    assert (found.coming, found.due, found.free, found.left) == (4000, 0, 9000, 5000)


def made_pack(**kwargs) -> AuditPack:
    pack = ask_for_pack(actor=staff(AUDITOR), reason="示例审计", **kwargs)
    make_pack(pack.pk)
    make_pack(pack.pk)
    pack.refresh_from_db()
    return pack


def rebuilt(content: bytes, change) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_pack_tells_everything_masked_and_every_change_is_found(tmp_path) -> None:
    batch = paid(2)
    pack = made_pack(scope=PackScope.BATCH, batch=batch)
    content = bytes(pack.content)
    claim = lines(batch)[0].claim
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        payment = json.loads(archive.read(f"claims/{claim.number}/payment.json"))
        proofs = json.loads(archive.read(f"claims/{claim.number}/proofs.json"))
        everything = b"".join(archive.read(name) for name in names).decode()
    for part in ("claim", "proofs", "arithmetic", "reviews", "notice", "payment", "history"):
        assert f"claims/{claim.number}/{part}.json" in names
    assert payment["lines"][0]["result"] == "paid"
    assert {"papers", "attendance", "appraisal", "insurance", "enrolment_checked_on"} == set(proofs)
    assert claim.account.card not in everything
    assert claim.student.id_number not in everything
    assert problems(content, pack.head) == []
    path = f"claims/{claim.number}/claim.json"

    def flip(files):
        files[path] = files[path].replace(b"2000.00", b"9000.00")

    def swap(files):
        rows = files[path].split(b"\n")
        rows[1], rows[2] = rows[2], rows[1]
        files[path] = b"\n".join(rows)

    def reorder(files):
        manifest = json.loads(files[MANIFEST])
        manifest["files"][0], manifest["files"][1] = manifest["files"][1], manifest["files"][0]
        files[MANIFEST] = json.dumps(manifest).encode()

    def add(files):
        files["claims/extra.json"] = b"{}"

    def about(files):
        files[MANIFEST] = files[MANIFEST].replace("示例审计".encode(), "另一目的".encode())

    for change in (flip, swap, reorder, add, about, lambda files: files.pop(path), lambda files: files.pop(MANIFEST)):
        assert problems(rebuilt(content, change)), change
    assert problems(content[:-40])
    assert problems(b"nothing")
    assert problems(content, "0" * 64) == ["The fingerprint is not the one given."]
    file = tmp_path / "pack.zip"
    file.write_bytes(content)
    said = StringIO()
    call_command("verify_pack", str(file), stdout=said)
    assert pack.head in said.getvalue()
    file.write_bytes(rebuilt(content, flip))
    with pytest.raises(CommandError, match="was changed"):
        call_command("verify_pack", str(file))
    assert head_of(content) == pack.head


def test_a_pack_for_a_person_or_a_period_needs_a_reason_a_right_and_a_claim(client) -> None:
    batch = paid(1)
    student = lines(batch)[0].claim.student
    assert made_pack(scope=PackScope.STUDENT, student=student).claims == 1
    today = timezone.localdate()
    assert made_pack(scope=PackScope.PERIOD, starts_on=today, ends_on=today).claims == 1
    auditor = staff(AUDITOR)
    for wrong in (
        {"reason": " "}, {"reveals": True}, {"scope": PackScope.PERIOD, "starts_on": date(2000, 1, 1),
                                             "ends_on": date(2000, 1, 2)},
    ):  # fmt: skip
        with pytest.raises(DomainError):
            ask_for_pack(**{"scope": PackScope.STUDENT, "student": student, "actor": auditor, "reason": "x"} | wrong)
    client.force_login(auditor)
    url = reverse("admin:subsidies_auditpack_ask")
    assert client.get(url).status_code == 200
    client.post(url, {"scope": "batch", "batch": batch.pk, "reason": "示例"})
    pack = AuditPack.objects.latest("pk")
    make_pack(pack.pk)
    got = client.get(reverse("admin:subsidies_auditpack_download", args=[pack.pk]))
    assert problems(b"".join(got.streaming_content)) == []
    revealed = ask_for_pack(
        scope=PackScope.STUDENT, student=student, actor=staff(DEPARTMENT), reason="示例", reveals=True
    )
    make_pack(revealed.pk)
    revealed.refresh_from_db()
    with ZipFile(BytesIO(bytes(revealed.content))) as archive:
        assert student.id_number in archive.read(f"claims/{lines(batch)[0].claim.number}/claim.json").decode()


def test_a_pack_that_cannot_be_made_says_so_and_is_made_again_on_request(client, monkeypatch) -> None:
    auditor, batch = staff(AUDITOR), paid(1)
    pack = ask_for_pack(scope=PackScope.BATCH, batch=batch, actor=auditor, reason="示例审计")
    with monkeypatch.context() as broken:
        broken.setattr(auditor_pack, "packed", lambda *_: (_ for _ in ()).throw(RuntimeError("示例")))
        with pytest.raises(RuntimeError):
            make_pack(pack.pk)
    pack.refresh_from_db()
    assert pack.state == PackState.FAILED
    make_pack(pack.pk)
    pack.refresh_from_db()
    assert pack.state == PackState.FAILED
    client.force_login(auditor)
    again = reverse("admin:subsidies_auditpack_make_again", args=[pack.pk])
    assert "重新生成" in client.get(reverse("admin:subsidies_auditpack_change", args=[pack.pk])).content.decode()
    client.post(again)
    make_pack(pack.pk)
    pack.refresh_from_db()
    assert pack.state == PackState.MADE
    assert "无需重复操作" in client.post(again).content.decode()
