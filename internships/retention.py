"""How long students, and what they handed in, are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from internships.enums import ACTIVE_STATES, CAME_TO_NOTHING, NominationState, PlacementState
from internships.models import Application, Nomination, Placement, ProfileDraft, Student, StudentPaper, SupportRequest
from internships.querysets import ERASED
from internships.services.forgetting import forget_applications, forget_nominations, forget_papers, forget_students
from wenxi_portal.core.retention import Kept, Words

STAYS_AHEAD = (PlacementState.PLANNED, PlacementState.READY, PlacementState.ON_POST, PlacementState.INTERRUPTED)


class ProfileDrafts(Kept):
    """Profiles begun and never completed; the sweep of applications removes them."""

    name = "profile_drafts"
    model = ProfileDraft
    age = "updated_at"
    label = _("Profiles of students never completed")
    deed = _("deleted")
    by_itself = True

    @property
    def period(self) -> timedelta:
        """As set."""
        return timedelta(days=settings.DRAFT_DAYS)


class Nominations(Kept):
    """Students whom a university proposed: how to reach them is of no use once they have answered."""

    name = "nominations"
    model = Nomination
    age = "answer_until"
    label = _("Nominations by universities")
    deed = _("data erased, a row without a name stays")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those to be answered before that day and not erased yet."""
        rows = Nomination.objects.filter(answer_until__lt=timezone.localdate(before))
        return rows.exclude(contact_index__startswith=ERASED)

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What the clock has not closed yet."""
        return [*super().reasons(), (_("waits for an answer"), Q(state=NominationState.WAITING))]

    def erase(self, keys: list[int]) -> None:
        """Erase who it was."""
        forget_nominations(keys)


class Unsuccessful(Kept):
    """Applications that came to nothing: what was written on them."""

    name = "applications_unsuccessful"
    model = Application
    age = "in_state_since"
    label = _("Applications for internships that came to nothing")
    deed = _("what was written is erased, the dates stay")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those closed before it that still say something."""
        empty = Q(letter="", last_opinion="", available_from__isnull=True, available_until__isnull=True)
        rows = super().over(before).filter(state__in=CAME_TO_NOTHING, placement__isnull=True)
        papers = Application.papers.through.objects.filter(application=OuterRef("pk"))
        return rows.exclude(empty & ~Q(Exists(papers)))

    def erase(self, keys: list[int]) -> None:
        """Erase letter, opinion and days."""
        forget_applications(keys)


class StudentPapers(Kept):
    """Papers that a newer one replaced, or that are no longer valid, for so long."""

    name = "student_papers"
    model = StudentPaper
    age = "uploaded_at"
    label = _("Students' papers, replaced or no longer valid")
    deed = _("deleted with the file")
    at_a_time = 200

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those out of use since before it."""
        newer = StudentPaper.objects.filter(replaces=OuterRef("pk"), uploaded_at__lt=before)
        return super().over(before).filter(Q(Exists(newer)) | Q(valid_until__lt=timezone.localdate(before)))

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What somebody still decides on."""
        used = Application.objects.filter(papers=OuterRef("pk"), state__in=ACTIVE_STATES)
        return [*super().reasons(), (_("goes with an application under way"), Q(Exists(used)))]

    def erase(self, keys: list[int]) -> None:
        """Delete row and file."""
        forget_papers(keys)


class Students(Kept):
    """Students who have neither written nor stayed since."""

    name = "students"
    model = Student
    age = "updated_at"
    label = _("Profiles of students")
    deed = _("data and papers erased, a row without a name stays")
    at_a_time = 50

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those of whom nothing has moved since."""
        applied = Application.objects.filter(student=OuterRef("pk"), updated_at__gte=before)
        stayed = Placement.objects.filter(student=OuterRef("pk"), ends_on__gte=timezone.localdate(before))
        rows = Student.objects.with_profile().filter(updated_at__lt=before)
        return rows.exclude(Exists(applied)).exclude(Exists(stayed))

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What is under way."""
        of = {"student": OuterRef("pk")}
        applying = Application.objects.filter(**of, state__in=ACTIVE_STATES)
        staying = Placement.objects.filter(**of, state__in=STAYS_AHEAD)
        asking = SupportRequest.objects.waiting().filter(placement__student=OuterRef("pk"))
        return [
            *super().reasons(),
            (_("an application is under way"), Q(Exists(applying))),
            (_("a stay is being prepared or under way"), Q(Exists(staying))),
            (_("a request waits for an answer"), Q(Exists(asking))),
        ]

    def erase(self, keys: list[int]) -> None:
        """Erase the profile and what belongs to it."""
        forget_students(keys)


KINDS = [ProfileDrafts(), Nominations(), Unsuccessful(), StudentPapers(), Students()]
