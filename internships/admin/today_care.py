"""What waits for those who look after people: requests, beds, activities to close."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.enums import ActivityState
from internships.models import GroupActivity, Placement, ServiceRequest, SupportRequest
from internships.permissions import MOVE_ACTIVITY, MOVE_SERVICE, MOVE_SUPPORT
from internships.selectors.lodging import beds_out_of_step, without_bed
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Waiting


def care_queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of care for the person who is signed in; those who only read have none."""
    user: Any = request.user
    found: list[Waiting] = []
    if user.has_perm(MOVE_SUPPORT):
        waiting = (
            SupportRequest.objects.visible_to(user).waiting().select_related("placement__student", "unit", "owner")
        )
        url = reverse("admin:internships_supportrequest_changelist")
        found += _cases(_("Requests for support"), "support_agent", waiting, url)
    if user.has_perm(MOVE_SERVICE):
        window = ServiceRequest.objects.visible_to(user).waiting().select_related("unit", "owner")
        found += _cases(
            _("Requests at the one window"),
            "storefront",
            window,
            reverse("admin:internships_servicerequest_changelist"),
        )
    if user.has_perm("internships.add_bedstay"):
        found += _beds(user)
    if user.has_perm(MOVE_ACTIVITY):
        found.append(_unclosed(user))
    return found


def _cases(title: str, icon: str, rows: QuerySet[Any], url: str) -> list[Waiting]:
    """Return what waits, and apart from it what lies with closed accounts."""
    left = rows.filter(owner__is_active=False)
    tone = "danger" if rows.filter(due_on__lt=timezone.localdate()).exists() else "warning"
    return [
        Waiting(title, icon, tone, rows, url, _case),
        Waiting(
            _("%(what)s in the hands of closed accounts") % {"what": title},
            "person_off",
            "danger",
            left,
            f"{url}?owner=left",
            _case,
        ),
    ]


def _case(row: Any) -> Line:
    who = row.name if isinstance(row, ServiceRequest) else row.placement.student
    late = row.due_on < timezone.localdate()
    owner = str(row.owner or _("nobody yet"))
    detail = f"{row.get_kind_display()} · {owner}"
    return Line(change_url(row), str(who), detail, days_words(row.due_on), overdue=late)


def _beds(user: Any) -> list[Waiting]:
    stays: Any = Placement.objects.visible_to(user)
    stale = beds_out_of_step().filter(placement__in=stays.values("pk"))
    url = reverse("admin:internships_lodging_needs")
    return [
        Waiting(_("Students who need a bed"), "bed", "warning", without_bed(stays), url, _need),
        Waiting(_("Beds out of step with their stay"), "sync_problem", "warning", stale, url, _stale),
    ]


def _need(stay: Any) -> Line:
    url = reverse("admin:internships_bedstay_give", args=[stay.pk])
    words = _("from %(day)s") % {"day": date_format(stay.starts_on, "SHORT_DATE_FORMAT")}
    return Line(url, str(stay.student), str(stay.host), words, overdue=stay.starts_on <= timezone.localdate())


def _stale(row: Any) -> Line:
    detail = f"{row.bed.lodging} {row.bed}"
    return Line(change_url(row), str(row.placement.student), detail, row.placement.get_state_display())


def _unclosed(user: Any) -> Waiting:
    rows = GroupActivity.objects.visible_to(user).filter(state=ActivityState.OPEN, ends_at__lt=timezone.now())
    url = f"{reverse('admin:internships_groupactivity_changelist')}?state=unclosed"
    return Waiting(_("Activities without attendance"), "checklist", "info", rows, url, _activity)


def _activity(row: Any) -> Line:
    url = reverse("admin:internships_groupactivity_ticks", args=[row.pk])
    return Line(url, row.title, row.place, date_format(timezone.localtime(row.begins_at), "SHORT_DATE_FORMAT"))
