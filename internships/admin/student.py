"""Students at the officers' desk: masked, revealed with a reason, enrolment checked, tied to the right person."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from internships.admin.applying_filters import EnrolmentFilter, PersonLinkFilter
from internships.admin.applying_forms import RevealForm, WhyForm
from internships.models import Student
from internships.services.student import check_enrolment, reveal_student
from internships.services.student_person import confirm_person, person_to_confirm
from wenxi_portal.core.admin.links import change_link, change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_email

WORK = "internships.decide_application"


@admin.register(Student)
class StudentAdmin(AsksBeforeDeed, PortalModelAdmin):
    """The whole case of a student on one page; numbers stay masked."""

    list_display = ("name", "shown_school", "level", "major", "graduates_on", "shown_checked")
    list_filter = (EnrolmentFilter, PersonLinkFilter, "level", "is_vocational")
    search_fields = ("name", "major", "university__name", "university_name")
    list_select_related = ("university",)
    actions_detail = ("reveal", "note_enrolment", "confirm_link")
    change_form_outer_after_template = "admin/internships/student_parts.html"
    fields = (
        ("name", "sex", "birth_date"),
        ("document_kind", "shown_id", "shown_contact"),
        ("shown_school", "level", "is_vocational"),
        ("major", "discipline"),
        ("enrolled_on", "graduates_on"),
        ("shown_checked", "shown_person"),
        ("emergency_name", "emergency_relation", "shown_emergency"),
        "native_township",
        "skills",
        "wish",
        ("consent_on", "consent_text"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Students fill in their profile themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By buttons only."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by name, major and university."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only what the person may do, and what there is to do."""
        student = self.visible_or_404(request, unquote(str(object_id)))
        barred = set()
        if not request.user.has_perm("internships.reveal_student"):
            barred.add("reveal")
        if not request.user.has_perm(WORK):
            barred |= {"note_enrolment", "confirm_link"}
        elif person_to_confirm(student) is None:
            barred.add("confirm_link")
        found = super().get_actions_detail(request, object_id)
        return [each for each in found if not any(each.action_name.endswith(f"_{name}") for name in barred)]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add papers, applications and stays."""
        student = kwargs.get("obj")
        if student is not None:
            context |= {
                "papers": student.papers.current(),
                "applications": [
                    (row, change_url(row))
                    for row in student.applications.filter(submitted_at__isnull=False).select_related("position__host")
                ],
                "stays": student.placements.select_related("host"),
                "person_waits": person_to_confirm(student) is not None,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @action(description=gettext_lazy("Reveal numbers"), url_path="reveal", icon="visibility")
    def reveal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask what for, then show the values on the answer itself: they are kept nowhere."""
        student = self.visible_or_404(request, unquote(object_id))
        if not request.user.has_perm("internships.reveal_student"):
            raise PermissionDenied
        form = RevealForm(request.POST or None)
        shown: dict[str, str] = {}
        if request.method == "POST" and form.is_valid():
            user: Any = request.user
            try:
                shown = reveal_student(
                    student=student,
                    fields=form.cleaned_data["fields_shown"],
                    reason=form.cleaned_data["reason"],
                    actor=user,
                )
            except DomainError as refusal:
                add_refusal(form, refusal)
        labels = dict(RevealForm.base_fields["fields_shown"].choices)  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reveal numbers"),
            "form": form,
            "shown": [(labels[name], value or "—") for name, value in shown.items()],
            "opts": self.opts,
            "record": student,
            "original": student,
            "record_url": change_url(student),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        response = TemplateResponse(request, "admin/talent/reveal.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @action(description=gettext_lazy("Enrolment checked"), url_path="enrolment", icon="school")
    def note_enrolment(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Note that the proof was compared with the national register."""
        student = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("The enrolment was compared with the national register"),
            button=_("Checked today"),
            form=NothingAsked,
            perform=partial(check_enrolment, student=student, actor=request.user),  # type: ignore[arg-type]
            done=_("Noted."),
            explanation=_(
                "The check code is shown by “Reveal numbers”; a certificate on paper stands among the papers."
            ),
        )
        return self.deed_view(request, student, deed, permission=WORK)

    @action(description=gettext_lazy("Confirm the person"), url_path="confirm-person", icon="link")
    def confirm_link(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Tie the profile to the person with the same document."""
        student = self.visible_or_404(request, unquote(object_id))
        person = person_to_confirm(student)
        deed = Deed(
            title=_("Is this the same person?"),
            button=_("Yes, link them"),
            form=WhyForm,
            perform=partial(confirm_person, student=student, actor=request.user),  # type: ignore[arg-type]
            done=_("The profile is linked with the talent record."),
            explanation=_("On file with the same document: %(name)s, %(mobile)s. The account's contact differs: ask.")
            % {"name": person.name, "mobile": person.masked_mobile or "—"}
            if person
            else "",
            barred="" if person else _("There is no person to confirm."),
        )
        return self.deed_view(request, student, deed, permission=WORK)

    @display(description=gettext_lazy("ID number"))
    def shown_id(self, student: Student) -> str:
        """The ID number, masked."""
        return student.masked_id

    @display(description=gettext_lazy("mobile or e-mail"), empty_value="—")
    def shown_contact(self, student: Student) -> str | None:
        """The account's ways of contact, masked."""
        email = mask_email(student.user.email) if student.user.email else ""
        return " · ".join(filter(None, [student.user.masked_mobile, email])) or None

    @display(description=gettext_lazy("mobile of the emergency contact"))
    def shown_emergency(self, student: Student) -> str:
        """The emergency contact's number, masked."""
        return student.masked_emergency_mobile

    @display(description=gettext_lazy("university"))
    def shown_school(self, student: Student) -> str:
        """Where the student studies."""
        return student.school

    @display(description=gettext_lazy("enrolment checked on"), empty_value="—", ordering="enrolment_checked_on")
    def shown_checked(self, student: Student) -> Any:
        """When an officer compared the proof with the register."""
        return student.enrolment_checked_on

    @display(description=gettext_lazy("talent record"), empty_value="—")
    def shown_person(self, student: Student) -> SafeString | None:
        """The person in the talent databases."""
        return change_link(student.person) if student.person else None
