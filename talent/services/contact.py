"""The only writer of contacts and their next steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.belongings import agreements_of, open_steps_of, people_of
from talent.enums import STEP_TRANSITIONS, ContactKind, StepState
from talent.models import Contact, FlexibleAgreement, HandOver, Person, TownshipCollector
from talent.services.person import must_be_active
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import hold, lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.saved_views.services.saved_view import hand_over_views


@transaction.atomic
def log_contact(
    *,
    person: Person,
    kind: ContactKind,
    actor: User,
    step: Mapping[str, Any],
    on: date | None = None,
    summary: str = "",
) -> Contact:
    """Keep a contact with what follows from it.

    ``step`` holds ``next_step``, ``next_due`` and ``next_owner``, or ``no_step_reason``. Raises ``ValidationError``
    when it holds neither, ``DomainError`` for a day in the future or an owner whose account is closed.
    """
    present = lock(person)
    must_be_active(present)
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="on")
    contact = Contact(person=present, kind=kind, on=day, summary=summary.strip(), by=actor)
    contact.next_step = (step.get("next_step") or "").strip()
    contact.next_due, contact.next_owner = step.get("next_due"), step.get("next_owner")
    contact.no_step_reason = (step.get("no_step_reason") or "").strip()
    contact.step_state = StepState.OPEN if contact.next_step else StepState.NONE
    _check_owner(contact.next_owner, present)
    contact.full_clean()
    contact.save()
    if present.last_contacted_on is None or present.last_contacted_on < day:
        present.last_contacted_on = day
        present.save(update_fields=["last_contacted_on", "updated_at"])
    record(actor=actor, verb=Verb.CREATED, subject=contact)
    return contact


@transaction.atomic
def settle_step(*, contact: Contact, to_state: StepState, actor: User | None, note: str = "") -> Contact:
    """Tick a next step off as done, or drop it with the reason why it is not taken."""
    present = lock(contact)
    STEP_TRANSITIONS.check(present.step_state, to_state)
    if to_state == StepState.DROPPED and not note.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="note")
    present.step_state, present.closed_at, present.closed_by = to_state, timezone.now(), actor
    present.close_note = note.strip()[:200]
    present.revision += 1
    present.save(update_fields=["step_state", "closed_at", "closed_by", "close_note", "revision", "updated_at"])
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=note, to_state=str(to_state))
    return present


@transaction.atomic
def reschedule_step(*, contact: Contact, next_due: date, next_owner: User, actor: User) -> Contact:
    """Give an open step another day or owner. A new day is a new version: reminders start again."""
    present = lock(contact)
    if present.step_state != StepState.OPEN:
        raise DomainError(_("This step is settled already."), code="settled")
    _check_owner(next_owner, present.person)
    if next_due != present.next_due:
        present.due_version += 1
    present.next_due, present.next_owner = next_due, next_owner
    present.revision += 1
    present.full_clean()
    present.save(update_fields=["next_due", "next_owner", "due_version", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=["next_due", "next_owner"])
    return present


@transaction.atomic
def hand_over(*, from_user: User, to_user: User, reason: str, actor: User) -> HandOver:
    """Give everything ``from_user`` has open to ``to_user``; what was given stands in the briefing sheet.

    Raises ``DomainError`` when there is nothing to give, when both are one, when the taker's account is closed, or when
    the taker could not open all the records: what nobody can open is not followed up.
    """
    if from_user.pk == to_user.pk:
        raise DomainError(_("Choose another officer."), code="same", field="to_user")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    _check_owner(to_user)
    people = _locked(people_of(from_user))
    steps, agreements = _locked(open_steps_of(from_user)), _locked(agreements_of(from_user))
    townships = sorted(TownshipCollector.objects.filter(user=from_user).values_list("township", flat=True))
    views = hand_over_views(from_user=from_user, to_user=to_user)
    if not (people or steps or agreements or townships or views):
        raise DomainError(_("This officer has nothing open."), code="nothing", field="from_user")
    now = timezone.now()
    Person.objects.filter(pk__in=people).update(officer=to_user, updated_at=now)
    Contact.objects.filter(pk__in=steps).update(next_owner=to_user, updated_at=now)
    FlexibleAgreement.objects.filter(pk__in=agreements).update(owner=to_user, updated_at=now)
    _give_townships(townships, from_user, to_user)
    # Whoever takes townships over sees other people than before: asked afterwards, a refusal takes everything back.
    _check_sees(to_user, people, steps, agreements)
    briefing: dict[str, Sequence[Any]] = {
        "people": people, "contacts": steps, "agreements": agreements, "townships": townships,
    }  # fmt: skip
    given = HandOver.objects.create(
        from_user=from_user, to_user=to_user, reason=reason.strip()[:500], by=actor, briefing=briefing
    )
    counts = {name: len(rows) for name, rows in briefing.items()} | {"views": views}
    record(actor=actor, verb=Verb.CHANGED, subject=given, reason=reason, **counts)
    return given


def _locked(rows: QuerySet[Any]) -> list[int]:
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))


def _give_townships(names: list[str], from_user: User, to_user: User) -> None:
    """Let ``to_user`` collect these townships; who does already stays as he or she is."""
    for name in names:
        TownshipCollector.objects.get_or_create(user=to_user, township=name)
    TownshipCollector.objects.filter(user=from_user, township__in=names).delete()


def _check_sees(user: User, people: Sequence[int], steps: Sequence[int], agreements: Sequence[int]) -> None:
    """Make sure that ``user`` may open these people and those of all these steps and agreements."""
    seen = Person.objects.visible_to(user).filter(pk__in=people).count()
    seen += Contact.objects.visible_to(user).filter(pk__in=steps).count()
    seen += FlexibleAgreement.objects.visible_to(user).filter(pk__in=agreements).count()
    number = len(people) + len(steps) + len(agreements) - seen
    if number:
        raise DomainError(
            ngettext(
                "%(number)d of these matters is about a person whose record this officer may not open. "
                "Choose somebody of the same unit or of the organization department.",
                "%(number)d of these matters are about people whose records this officer may not open. "
                "Choose somebody of the same unit or of the organization department.",
                number,
            )
            % {"number": number},
            code="out_of_sight",
            field="to_user",
        )


def _check_owner(owner: User | None, person: Person | None = None) -> None:
    """Make sure that the owner works here and may open the record of ``person``.

    The account is kept from being closed until the step is written.
    """
    if owner is None:
        return
    present = hold(owner)
    if not (present.is_active and present.is_staff):
        raise DomainError(_("Choose an officer whose account is open."), code="owner", field="next_owner")
    if person is not None and not Person.objects.visible_to(present).filter(pk=person.pk).exists():
        raise DomainError(
            _("This officer may not open the record. Choose somebody of its unit or of the organization department."),
            code="out_of_sight",
            field="next_owner",
        )
