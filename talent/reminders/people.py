"""Steps that are due, people who were not contacted for long, questions without an answer."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talent.enums import PersonState, StepState
from talent.models import Contact, Person, SelfCheck
from talent.models.registration import LINK_DAYS
from talent.reminders.words import NUMBER, day
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step
from wenxi_portal.reminders.registry import ladder


def _last_in_touch(person: str) -> Subquery:
    return Subquery(Contact.objects.filter(person=OuterRef(person)).order_by("-on", "-pk").values("by")[:1])


@ladder
class NextStepDue(Ladder):
    """The officer of a next step hears of it on its day and three working days after; then the heads do."""

    name = "next_step_due"
    label = gettext_lazy("Next step due")
    model = Contact
    for_staff = True
    steps = (Step("due", 0), Step("overdue", 3, in_working_days=True))
    audience = Audience.OWNER
    escalate_after = 5
    sensible_for = None
    due = F("next_due")
    owner = F("next_owner_id")
    unit = F("person__owner_unit_id")
    title = NUMBER

    def open(self) -> QuerySet[Any]:
        """Steps neither taken nor dropped, of people on file."""
        return Contact.objects.filter(step_state=StepState.OPEN, person__state=PersonState.ACTIVE)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Contacts that changed, and those of people who did."""
        return _with_their_people(Contact, Contact.objects.filter(updated_at__gte=since), since)

    def subject(self, params: Params) -> str:
        """Since when."""
        words = _("A next step is due on %(day)s (contact no. %(number)s)")
        if params["step"] == "overdue":
            words = _("Overdue since %(day)s: a next step (contact no. %(number)s)")
        if params["escalated"]:
            words = _("Still open since %(day)s: a next step of your unit (contact no. %(number)s)")
        return words % {"day": day(params), "number": params["title"]}

    def body(self, params: Params) -> str:
        """Take it, move it, or drop it."""
        return _("Take the step and tick it off, give it another day, or drop it and say why.")

    def url(self, params: Params) -> str:
        """The contact on the desk."""
        return reverse("admin:talent_contact_change", args=[params["object"]])

    def inside(self, params: Params, reader: User) -> str:
        """Whom it concerns, and what is to be done."""
        contact = Contact.objects.visible_to(reader).filter(pk=params["object"]).select_related("person").first()
        return f"{contact.person} · {contact.next_step}" if contact else ""


@ladder
class ContactStale(Ladder):
    """Nobody was in touch with a person in care for TALENT_CONTACT_DAYS: who answers for it is asked, then the heads.

    The officer named on the record answers for the person; where nobody is named, whoever was last in touch does.
    In care is who was contacted before and has no next step open: then the step reminds.
    """

    name = "contact_stale"
    label = gettext_lazy("Contact gone stale")
    model = Person
    for_staff = True
    steps = (Step("stale", 0),)
    audience = Audience.OWNER
    escalate_after = 10
    sensible_for = None
    due = Cast(F("last_contacted_on") + Value(timedelta(days=settings.TALENT_CONTACT_DAYS)), DateField())
    owner = Coalesce(F("officer_id"), _last_in_touch("pk"), output_field=BigIntegerField())
    unit = F("owner_unit_id")
    title = NUMBER

    def open(self) -> QuerySet[Any]:
        """People in care; every contact moves the day on."""
        step = Contact.objects.filter(person=OuterRef("pk"), step_state=StepState.OPEN)
        return Person.objects.active().filter(~Exists(step), last_contacted_on__isnull=False)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """People who changed, and those whose contacts did."""
        people = Person.objects.filter(updated_at__gte=since).order_by().values("pk")
        return people.union(Contact.objects.filter(updated_at__gte=since).order_by().values("person"))

    def subject(self, params: Params) -> str:
        """How long."""
        words = _("Nobody has been in touch for %(days)d days (person no. %(number)s)")
        if params["escalated"]:
            words = _("Still nobody in touch after %(days)d days and more (person no. %(number)s)")
        return words % {"days": settings.TALENT_CONTACT_DAYS, "number": params["title"]}

    def body(self, params: Params) -> str:
        """Get in touch."""
        return _("Call or write, then log the contact: the reminder ends with it.")

    def url(self, params: Params) -> str:
        """The person on the desk."""
        return reverse("admin:talent_person_change", args=[params["object"]])

    def inside(self, params: Params, reader: User) -> str:
        """Who it is."""
        person = Person.objects.visible_to(reader).filter(pk=params["object"]).first()
        return str(person) if person else ""


@ladder
class SelfCheckUnanswered(Ladder):
    """A yearly question without an answer after 14 and after 30 days; of no use once its link has run out."""

    name = "self_check_unanswered"
    label = gettext_lazy("Yearly question unanswered")
    model = SelfCheck
    for_staff = True
    steps = (Step("asked", 14), Step("asked_again", 30))
    audience = Audience.OWNER
    sensible_for = LINK_DAYS
    due = TruncDate("asked_at")
    owner = Coalesce(
        F("person__officer_id"), F("asked_by_id"), _last_in_touch("person"), output_field=BigIntegerField()
    )
    unit = F("person__owner_unit_id")
    title = NUMBER

    def open(self) -> QuerySet[Any]:
        """Questions nobody answered, about people on file who were not confirmed in another way since."""
        confirmed = Q(person__last_checked_on__gte=TruncDate("asked_at"))
        return SelfCheck.objects.filter(answered_at__isnull=True, person__state=PersonState.ACTIVE).exclude(confirmed)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Questions put or answered, and those of people who changed."""
        answered = SelfCheck.objects.filter(answered_at__gte=since).order_by().values("pk")
        asked = SelfCheck.objects.filter(asked_at__gte=since)
        return answered.union(_with_their_people(SelfCheck, asked, since))

    def subject(self, params: Params) -> str:
        """Since when."""
        words = _("The yearly question of %(day)s is unanswered (no. %(number)s)")
        return words % {"day": day(params), "number": params["title"]}

    def body(self, params: Params) -> str:
        """Ask in another way."""
        return _("Ask in another way whether the data is still correct, and log the contact.")

    def url(self, params: Params) -> str:
        """The question on the desk."""
        return reverse("admin:talent_selfcheck_change", args=[params["object"]])

    def inside(self, params: Params, reader: User) -> str:
        """Who was asked."""
        check = SelfCheck.objects.visible_to(reader).filter(pk=params["object"]).select_related("person").first()
        return str(check.person) if check else ""


def _with_their_people(model: type[Any], changed: QuerySet[Any], since: datetime) -> QuerySet[Any]:
    """Return the keys of changed rows and of the rows of people who changed; each half reads an index."""
    people = Person.objects.filter(updated_at__gte=since).values("pk")
    theirs = model.objects.filter(person__in=people)
    return changed.order_by().values("pk").union(theirs.order_by().values("pk"))
