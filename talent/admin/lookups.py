"""Pages beside the list of people: possible duplicates, merges, and who can introduce us."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from talent.admin.drawing import draw
from talent.admin.forms import WhyForm
from talent.models import Merge, NotDuplicate, Person
from talent.selectors.chains import chains_to, in_touch_ourselves
from talent.selectors.coverage import coverage_for
from talent.selectors.duplicates import compared_until, duplicate_pairs, possible_duplicates
from talent.selectors.people import MOST_SORTED
from talent.services.duplicate import forget_not_duplicate, mark_not_duplicate, merge_people, undo_merge
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.facet_values import row_id
from wenxi_portal.core.wording import part_list
from wenxi_portal.organisations.models import Organisation

MOST_TARGETS = 8
COMPARED = (
    "former_names",
    "get_sex_display",
    "birth_date",
    "masked_id",
    "masked_mobile",
    "masked_email",
    "native_township",
    "owner_unit",
    "source",
    "created_at",
)


class FindsPeople:
    """Mixin of the ModelAdmin of people."""

    actions_list = ("possible_duplicates", "who_introduces")

    def get_urls(self) -> list[Any]:
        """Add the pages."""
        page = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("duplicates/", page(self.duplicates_view), name="talent_person_duplicates"),
            path("duplicates/<int:first>/<int:second>/", page(self.compare_view), name="talent_person_compare"),
            path("merges/<int:pk>/undo/", page(self.undo_view), name="talent_person_undo_merge"),
            path("coverage/", page(self.coverage_view), name="talent_person_coverage"),
            path("who-can-introduce-us/", page(self.chains_view), name="talent_person_chains"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def has_merge_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Who may not merge is not led to the queue."""
        return bool(request.user.has_perm("talent.merge_person"))

    @action(  # type: ignore[misc]
        description=gettext_lazy("Possible duplicates"),
        url_path="to-duplicates",
        icon="join_inner",
        permissions=["merge"],
    )
    def possible_duplicates(self, request: HttpRequest) -> HttpResponse:
        """Lead to the queue."""
        return HttpResponseRedirect(reverse("admin:talent_person_duplicates"))

    @action(description=gettext_lazy("Who can introduce us"), url_path="to-chains", icon="hub")  # type: ignore[misc]
    def who_introduces(self, request: HttpRequest) -> HttpResponse:
        """Lead to the search for chains."""
        return HttpResponseRedirect(reverse("admin:talent_person_chains"))

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """Show pairs that may be one person, what was merged lately and what was told apart."""
        self._may_merge(request)
        context = {
            "title": _("Possible duplicates"),
            "pairs": duplicate_pairs(request.user),
            "compared_until": compared_until(),
            "merges": Merge.objects.filter(undone_at__isnull=True).select_related("kept", "gone", "by")[:20],
            "apart": NotDuplicate.objects.select_related("first", "second", "by")[:20],
        }
        if request.method == "POST":
            note = NotDuplicate.objects.filter(pk=row_id(request.POST.get("apart", "")) or 0).first()
            if note:
                forget_not_duplicate(note=note, actor=request.user)  # type: ignore[arg-type]
                messages.success(request, _("The pair is asked about again."))
            return HttpResponseRedirect(request.path)
        return self.page(request, "admin/talent/duplicates.html", context)

    def compare_view(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        """Show two records side by side, to merge them or to tell them apart."""
        self._may_merge(request)
        people = Person.objects.active().visible_to(request.user).select_related("owner_unit").in_bulk([first, second])
        if len(people) != 2:
            return self._merged_already(request, first, second)
        one, other = people[first], people[second]
        form = WhyForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                where = self._settle(request, (one, other), reason)
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                return HttpResponseRedirect(where)
        hits = possible_duplicates(
            user=request.user, name=one.name, birth_date=one.birth_date, mobile=one.mobile, exclude=one.pk
        )
        context = {
            "title": _("One person or two?"),
            "form": form,
            "one": one,
            "other": other,
            "rows": list(_rows(one, other)),
            "reasons": next((hit.words for hit in hits if hit.person.pk == other.pk), []),
        }
        return self.page(request, "admin/talent/compare.html", context)

    def _merged_already(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        """Lead to the record that is left, when the button was pressed twice or a colleague was quicker."""
        pair, left = [first, second], Person.objects.active().visible_to(request.user)
        merges = Merge.objects.filter(kept__in=pair, gone__in=pair, undone_at__isnull=True)
        merge = merges.filter(kept__in=left).select_related("kept").first()
        if merge is None or request.method != "POST":
            raise Http404
        messages.info(request, _("These two records have been merged already."))
        return HttpResponseRedirect(change_url(merge.kept))

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, and take a merge back."""
        self._may_merge(request)
        merge = Merge.objects.select_related("kept", "gone").filter(pk=pk, undone_at__isnull=True).first()
        if merge is None:
            raise Http404
        form = WhyForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                person = undo_merge(merge=merge, actor=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("The merge is undone."))
                return HttpResponseRedirect(change_url(person))
        context = {"title": _("Undo the merge"), "form": form, "merge": merge}
        return self.page(request, "admin/talent/undo_merge.html", context)

    def chains_view(self, request: HttpRequest) -> HttpResponse:
        """Find a person or a university, then the shortest chains to it."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        text = request.GET.get("q", "")[:80]
        visible = Person.objects.active().visible_to(request.user)
        person = visible.filter(pk=row_id(request.GET.get("person", "")) or 0).first()
        place = Organisation.objects.public().filter(pk=row_id(request.GET.get("place", "")) or 0).first()
        chains = chains_to(user=request.user, person=person, university=place) if person or place else []
        target = person or place
        context = {
            "title": _("Who can introduce us"),
            "text": text,
            "people": _found(visible, text) if text else [],
            "places": Organisation.objects.public().matching(text).in_name_order()[:MOST_TARGETS] if text else [],
            "target": target,
            "place_target": place is not None,
            "known": bool(person and in_touch_ourselves(person)),
            "chains": chains,
            "drawing": draw(chains, str(target)) if chains and target else None,
        }
        return self.page(request, "admin/talent/chains.html", context)

    def coverage_view(self, request: HttpRequest) -> HttpResponse:
        """Show how fresh and how complete the databases are."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        coverage = coverage_for(request.user)
        parts = [
            (_("by university"), coverage.universities),
            (_("by field"), coverage.fields),
            (_("by township"), coverage.townships),
        ]
        context = {"title": _("Freshness and coverage"), "coverage": coverage, "parts": parts}
        return self.page(request, "admin/talent/coverage.html", context)

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """Answer with a page in the admin's frame."""
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        frame = {**self.admin_site.each_context(request), "opts": self.opts}  # type: ignore[attr-defined]
        return TemplateResponse(request, template, frame | context)

    def _may_merge(self, request: HttpRequest) -> None:
        if not request.user.has_perm("talent.merge_person"):  # type: ignore[union-attr]
            raise PermissionDenied

    def _settle(self, request: HttpRequest, pair: tuple[Person, Person], reason: str) -> str:
        actor: Any = request.user
        one, other = pair
        choice = request.POST.get("choice")
        if choice == "apart":
            mark_not_duplicate(first=one, second=other, actor=actor, reason=reason)
            messages.success(request, _("Remembered as two people."))
            return reverse("admin:talent_person_duplicates")
        if choice not in {"first", "second"}:
            raise DomainError(_("Say whether it is one person or two."), code="choice")
        kept, gone = (other, one) if choice == "second" else (one, other)
        merge_people(kept=kept, gone=gone, actor=actor, reason=reason)
        messages.success(request, _("The two records are one now. It can be undone."))
        return change_url(kept)


def _found(visible: QuerySet[Person], text: str) -> list[Person]:
    """Return the first few people found, by pinyin; found first and sorted afterwards."""
    keys = list(visible.matching(text).found_first(MOST_SORTED).values_list("pk", flat=True))  # type: ignore[attr-defined]
    return list(visible.filter(pk__in=keys[:MOST_TARGETS]))


def _rows(one: Person, other: Person) -> Any:
    for name in COMPARED:
        values = []
        for person in (one, other):
            value = getattr(person, name)
            values.append(value() if callable(value) else value)
        yield _label(name), *(value or "—" for value in values), values[0] == values[1]
    for name in ("educations", "employments"):
        values = [part_list(getattr(person, name).all()) for person in (one, other)]
        label = Person._meta.get_field(name).related_model._meta.verbose_name  # type: ignore[union-attr]
        yield label, *(value or "—" for value in values), values[0] == values[1]


def _label(name: str) -> Any:
    field = {"get_sex_display": "sex", "masked_id": "id_number", "masked_mobile": "mobile", "masked_email": "email"}
    return Person._meta.get_field(field.get(name, name)).verbose_name
