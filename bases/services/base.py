"""The only writer of bases."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bases.enums import BASE_TRANSITIONS, BaseState
from bases.models import Base, BaseCandidateKind, BaseKind, BaseStateChange, BaseUniversity
from bases.services.search_index import index_base
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core import search_text
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation


@transaction.atomic
def save_base(
    *,
    base: Base,
    actor: User | None,
    universities: Mapping[Organisation, str] | Iterable[Organisation] | None = None,
    candidate_kinds: Iterable[BaseKind] | None = None,
    expected_revision: int | None = None,
) -> Base:
    """Check and write ``base``, new or changed, and make it findable.

    ``universities`` replaces those that take part (a mapping also gives each one's note); None leaves them.
    ``candidate_kinds`` likewise. A new base is planned. Raises ``ValidationError`` for broken values and
    ``DomainError`` when somebody else wrote since ``expected_revision`` was read.
    """
    is_new = base.pk is None
    if is_new:
        base.state = BaseState.PLANNED
    else:
        base.revision = lock_for_edit(base, expected_revision)
        base.state = Base.objects.values_list("state", flat=True).get(pk=base.pk)
    base.sort_key = search_text.sort_key(base.name)[:600]
    base.full_clean(exclude=["search_vector"])
    base.save()
    if universities is not None:
        _set_universities(base, universities)
    if candidate_kinds is not None:
        _set_candidate_kinds(base, candidate_kinds)
    if is_new:
        BaseStateChange.objects.create(base=base, to_state=base.state, actor=actor, reason=_("entered"))
    index_base(base=base)
    record(actor=actor, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=base)
    return base


@transaction.atomic
def move_base(  # noqa: PLR0913 - each is a word the officer gave
    *,
    base: Base,
    to_state: BaseState,
    actor: User | None,
    reason: str,
    on: date | None = None,
    year: int | None = None,
    note: str = "",
    expected_state: BaseState | None = None,
) -> Base:
    """Move ``base`` to ``to_state``: unveil, suspend, open again or close it.

    Unveiling takes the day of the plaque (``on``), or the ``year`` alone, or a ``note`` why neither is known; closing
    takes the day (default today, China Standard Time). ``expected_state`` is the state the officer had on screen.
    Raises ``DomainError`` when the move is not allowed, the reason is missing, a date lies in the future or the base
    has left the expected state, ``ValidationError`` when the dates contradict each other.
    """
    present = lock(base)
    BASE_TRANSITIONS.check(present.state, to_state)
    if expected_state is not None and present.state != expected_state:
        raise DomainError(
            _("Meanwhile the base has become “%(state)s”. Reload the page.") % {"state": present.get_state_display()},
            code="stale",
        )
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    if on and on > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="on")
    from_state, present.state = present.state, to_state
    if from_state == BaseState.PLANNED and to_state == BaseState.UNVEILED:
        present.plaque_on, present.plaque_year = on, on.year if on else year
        present.plaque_note = note.strip()
    if to_state == BaseState.CLOSED:
        present.closed_on = on or timezone.localdate()
    present.revision += 1
    present.full_clean(exclude=["search_vector"])
    present.save(
        update_fields=[
            "state",
            "plaque_on",
            "plaque_year",
            "plaque_note",
            "closed_on",
            "revision",
            "updated_at",
        ]
    )
    BaseStateChange.objects.create(
        base=present, from_state=from_state, to_state=to_state, actor=actor, reason=reason.strip()[:500]
    )
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=reason, from_state=from_state, to_state=to_state)
    return present


def _set_universities(base: Base, universities: Mapping[Organisation, str] | Iterable[Organisation]) -> None:
    notes = universities if isinstance(universities, Mapping) else dict.fromkeys(universities, "")
    base.university_links.exclude(university__in=list(notes)).delete()
    for university, note in notes.items():
        BaseUniversity.objects.update_or_create(base=base, university=university, defaults={"note": note})


def _set_candidate_kinds(base: Base, kinds: Iterable[BaseKind]) -> None:
    wanted = list(kinds)
    base.candidate_kind_links.exclude(kind__in=wanted).delete()
    for kind in wanted:
        BaseCandidateKind.objects.get_or_create(base=base, kind=kind)
