"""What has been kept long enough goes, and nothing else: dry run, twice, killed in the middle, held back."""

from contextlib import nullcontext
from datetime import timedelta
from io import StringIO

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from django.utils import timezone

from internships.enums import ApplicationState, NominationState
from internships.services.student_papers import keep_student_paper
from internships.subsidies.enums import NoticeObjectionState
from internships.subsidies.models import NoticeObjection
from talent.enums import FlexibleState, PersonState, RegistrationState
from talent.models import Contact, Person, Registration, SelfCheck
from talent.services.flexible import move_flexible
from talent.services.registration import refuse_registration
from tests.factories.accounts import staff
from tests.factories.internships import ApplicationFactory, NominationFactory, StudentFactory
from tests.factories.payments import paid_claim
from tests.factories.stays import pdf
from tests.factories.subsidies import BankAccountFactory, NoticeLineFactory
from tests.factories.talent import contact, flexible, person, registration
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.checks import retention_makes_sense
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.audit.selectors import forecast
from wenxi_portal.audit.services.retention import apply_retention
from wenxi_portal.audit.tasks import erase_kind, retention
from wenxi_portal.core.append_only import erasing
from wenxi_portal.core.retention import kinds
from wenxi_portal.notifications.models import Message, RecordedSending
from wenxi_portal.reminders.models import Deadline, LedgerEntry
from wenxi_portal.saved_views.models import SavedView

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=4000)
# Beyond the thirty years of what was paid.
ARCHIVED = timezone.now() - timedelta(days=12000)
NAMES = [name for name, kind in kinds().items() if not kind.by_itself]


def aged(row: models.Model, **columns) -> models.Model:
    """Write into columns what no service would, without the guards of the table."""
    with pgtrigger.ignore():
        type(row)._default_manager.filter(pk=row.pk).update(**columns)
    return row


def entry(at=LONG_AGO, verb="created"):
    return aged(AuditEntry.objects.create(verb=verb), at=at)


def step(at=LONG_AGO, **values):
    usual = {"kind": "x", "object_id": 1, "version": 1, "step": "s", "state": "skipped", "reason": "too_late"}
    return LedgerEntry.objects.create(due_on=at, planned_at=at, at=at, **{**usual, **values})


def message(key, **values):
    usual = {"kind": "x", "channel": "sms", "state": "sent", "sent_at": LONG_AGO, "created_at": LONG_AGO}
    return Message.objects.create(recipient=staff(), dedup_key=key, **{**usual, **values})


def refused():
    row = registration(state=RegistrationState.SUBMITTED, submitted_at=LONG_AGO, offer="可以帮忙")
    row.save()
    refuse_registration(registration=row, actor=staff(), reason="不属本县")
    return row


def one_due_of_each():
    """Make one row that is due for every kind that retention erases."""
    kept = person(retain_until=LONG_AGO.date(), mobile="13800000000")
    for state in (RegistrationState.REFUSED, RegistrationState.ACCEPTED):
        of = {"person": person()} if state == RegistrationState.ACCEPTED else {}
        row = registration(state=state, submitted_at=LONG_AGO, **of)
        row.save()
        aged(row.state_changes.create(to_state=state, reason="示例"), at=LONG_AGO)
    contact(person(), on=LONG_AGO.date())
    aged(SelfCheck.objects.create(person=person(), expires_at=timezone.now() + timedelta(days=1)), asked_at=LONG_AGO)
    message("old")
    step()
    Deadline.objects.create(kind="y", object_id=2, title="示例", due_on=LONG_AGO, resolved_at=LONG_AGO)
    entry()
    entry(verb="revealed")
    left = SavedView.objects.create(owner=staff(is_active=False), listing="talent.person", name="示例")
    aged(left, updated_at=LONG_AGO)
    one_due_of_the_students()
    one_due_of_the_money()
    return kept


def one_due_of_the_students():
    NominationFactory(answer_until=LONG_AGO.date(), state=NominationState.LAPSED)
    aged(ApplicationFactory(state=ApplicationState.REFUSED), in_state_since=LONG_AGO)
    aged(StudentFactory(), updated_at=LONG_AGO)
    aged(student_paper(StudentFactory()), valid_until=LONG_AGO.date(), uploaded_at=LONG_AGO)


def student_paper(student, name="resume.pdf"):
    return keep_student_paper(student=student, kind="resume", upload=pdf(name, mark=name), actor=None)


def one_due_of_the_money():
    """A claim paid long ago, its line on a notice with an objection, and an account that was never paid."""
    claim = paid_claim(ARCHIVED)
    aged(BankAccountFactory(student=StudentFactory()), ended_at=LONG_AGO)
    line = NoticeLineFactory(claim=claim)
    answered = {"state": NoticeObjectionState.REJECTED, "answer": "示例", "answered_by": staff()}
    NoticeObjection.objects.create(
        line=line, text="示例", name="测试异议人", contact="13800000000", reference="示例", due_on=ARCHIVED.date(),
        answered_at=ARCHIVED, **answered,
    )  # fmt: skip
    aged(line.notice, starts_on=ARCHIVED.date(), ends_on=ARCHIVED.date())


def counts():
    return {row.kind.name: row.due for row in forecast() if row.kind.name in NAMES}


def everything():
    return {
        model._meta.label: sorted(map(str, model._default_manager.values_list()))
        for model in apps.get_models()
        if model._meta.app_label in {"talent", "audit", "reminders", "notifications", "internships", "subsidies"}
    }


def told(*args, **options):
    out = StringIO()
    call_command("retention", *args, stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_tells_everything_and_changes_nothing():
    one_due_of_each()
    before = everything()
    text = told()
    assert everything() == before
    assert counts() == dict.fromkeys(NAMES, 1)
    assert "Dry run" in text
    assert f"{LONG_AGO:%Y-%m}" in text


def test_applied_twice_it_erases_once_and_tells_the_audit():
    kept = one_due_of_each()
    told(apply=True)
    assert counts() == dict.fromkeys(NAMES, 0)
    erased = {one.details["kind"]: one.details["rows"] for one in AuditEntry.objects.filter(verb="erased")}
    assert erased == dict.fromkeys(NAMES, 1)
    kept.refresh_from_db()
    assert (kept.state, kept.mobile, kept.mobile_index) == (PersonState.WITHDRAWN, "", None)
    assert not Registration.objects.exclude(contact_index="").exists()
    before = everything()
    told(apply=True)
    assert everything() == before


def test_only_what_is_due_goes():
    young = timezone.now() - timedelta(days=100)
    rows = [
        entry(at=young),
        entry(at=young, verb="exported"),
        step(at=young),
        message("young", created_at=young),
        message("waiting", state="waiting", sent_at=None),
        contact(person(), on=young.date()),
        person(retain_until=timezone.localdate()),
        person(),
        refused(),
        Deadline.objects.create(kind="y", object_id=3, title="示例", due_on=LONG_AGO),
    ]
    told(apply=True)
    for row in rows:
        before = str(row.__dict__.get("name"))
        row.refresh_from_db()
        assert str(row.__dict__.get("name")) == before


def test_people_the_county_is_bound_to_are_kept_with_the_reason():
    day = timezone.localdate() - timedelta(days=1)
    bound, called, free = (person(retain_until=day) for _each in range(3))
    agreement = flexible(person=bound)
    contact(called, due=timezone.localdate(), owner=staff())
    people = next(row for row in forecast() if row.kind.name == "people")
    assert people.due == 1
    assert sorted(count for _words, count in people.held) == [1, 1]
    told("people", apply=True)
    states = dict(Person.objects.values_list("pk", "state"))
    assert states == {bound.pk: "active", called.pk: "active", free.pk: "withdrawn"}
    move_flexible(agreement=agreement, to_state=FlexibleState.TERMINATED, actor=staff(), reason="示例")
    told("people", apply=True)
    assert Person.objects.get(pk=bound.pk).state == PersonState.WITHDRAWN


def test_a_contact_goes_with_its_history_unless_its_step_is_open():
    of = person()
    gone = contact(of, on=LONG_AGO.date())
    stays = contact(of, on=LONG_AGO.date(), due=timezone.localdate(), owner=staff())
    told("contacts", apply=True)
    assert list(Contact.objects.all()) == [stays]
    assert not Contact._meta.get_field("events").related_model.objects.filter(pgh_obj_id=gone.pk).exists()


def test_the_ledger_of_an_open_matter_stays():
    Deadline.objects.create(kind="x", object_id=1, title="示例", due_on=LONG_AGO)
    step()
    told("reminders", apply=True)
    assert LedgerEntry.objects.count() == 1


def test_a_digest_goes_after_what_it_collected():
    digest = message("digest")
    message("part", state="collected", digest=digest)
    RecordedSending.objects.create(message=digest, idempotency_key=digest.idempotency_key, address="x", text="x")
    told("messages", apply=True)
    assert not Message.objects.exists()


def test_a_run_killed_in_the_middle_has_recorded_what_it_erased(monkeypatch):
    for _each in range(5):
        entry()
    kind = kinds()["audit"]
    monkeypatch.setattr(type(kind), "at_a_time", 2)
    erase, calls = kind.erase, []

    def killed(keys):
        calls.append(keys)
        erase(keys)
        if len(calls) == 2:
            raise SystemExit

    monkeypatch.setattr(kind, "erase", killed)
    with pytest.raises(SystemExit):
        apply_retention(kind, reason="示例")
    left = AuditEntry.objects.filter(at__lt=timezone.now() - timedelta(days=400))
    recorded = AuditEntry.objects.filter(verb="erased")
    assert (left.count(), [one.details["rows"] for one in recorded]) == (3, [2])
    monkeypatch.setattr(kind, "erase", erase)
    apply_retention(kind, reason="示例")
    assert (left.count(), sum(one.details["rows"] for one in recorded.all())) == (0, 5)


@pytest.mark.parametrize(("days", "with_leave"), [(300, True), (400, False)])
def test_the_database_keeps_a_log_for_a_year_whatever_is_asked(days, with_leave):
    row = entry(at=timezone.now() - timedelta(days=days))
    with pytest.raises(DatabaseError), transaction.atomic(), erasing() if with_leave else nullcontext():
        row.delete()
    assert AuditEntry.objects.filter(pk=row.pk).exists()


def test_the_clock_erases_only_what_the_county_has_switched_on(settings):
    one_due_of_each()
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.RETENTION_APPLIED = []
    before = everything()
    retention()
    assert erase_kind("contacts") == 0
    assert everything() == before
    settings.RETENTION_APPLIED = ["contacts"]
    assert erase_kind("contacts") == 1
    assert counts() == {**dict.fromkeys(NAMES, 1), "contacts": 0}


def test_settings_that_cannot_be_meant_are_refused(settings):
    assert retention_makes_sense() == []
    settings.RETENTION_APPLIED = ["people", "nonsense", "sessions"]
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "audit": 100, "messages": 0}
    assert [one.id for one in retention_makes_sense()] == ["audit.E001", "audit.E001", "audit.E002", "audit.E002"]
    assert kinds()["audit"].period.days == 366


def test_the_command_knows_the_kinds():
    with pytest.raises(CommandError, match="nonsense"):
        told("nonsense")
    assert "own sweep" in told("sessions", apply=True)


def test_the_page_shows_the_dry_run(client, django_assert_max_num_queries):
    one_due_of_each()
    client.force_login(staff(Role.ORGANIZATION_DEPARTMENT))
    with django_assert_max_num_queries(70):
        text = client.get(reverse("admin:audit_auditentry_retention")).content.decode()
    assert [word for word in ("联系记录", "仅预演", "示例参数") if word not in text] == []


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.AUDITOR, 200), (Role.LEAD_UNIT_OFFICER, 403), (Role.FINANCE, 403), (Role.SYSTEM_ADMINISTRATOR, 403)],
)
def test_who_sees_the_page(client, role, status):
    client.force_login(staff(role))
    assert client.get(reverse("admin:audit_auditentry_retention")).status_code == status
