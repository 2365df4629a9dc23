"""Lists of other schemes in the admin: uploaded, compared at once, kept as fingerprints."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from internships.admin.parts import ShowsPages
from internships.subsidies.models import OutsideList
from internships.subsidies.services.outside import read_outside_list
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError

ADD = "subsidies.add_outsidelist"


class OutsideForm(forms.Form):
    """Whose list it is, and the file."""

    scheme_name = forms.CharField(
        label=gettext_lazy("other scheme"), max_length=120, widget=UnfoldAdminTextInputWidget()
    )
    source = forms.CharField(label=gettext_lazy("sent by"), max_length=120, widget=UnfoldAdminTextInputWidget())
    starts_on = forms.DateField(
        label=gettext_lazy("first day"), widget=UnfoldAdminSingleDateWidget(),
        help_text=gettext_lazy("For rows that name no days of their own."),
    )  # fmt: skip
    ends_on = forms.DateField(label=gettext_lazy("last day"), required=False, widget=UnfoldAdminSingleDateWidget())
    upload = forms.FileField(
        label=gettext_lazy("file"),
        widget=UnfoldAdminFileFieldWidget(),
        help_text=gettext_lazy(
            "Excel or CSV with a column of ID numbers. Neither the file nor a number of it is kept."
        ),
    )


@admin.register(OutsideList)
class OutsideListAdmin(ShowsPages, PortalModelAdmin):
    """Lists that other offices sent."""

    list_display = ("scheme_name", "source", "rows", "uploaded_by", "created_at")
    list_select_related = ("uploaded_by",)
    fields = ("scheme_name", "source", "rows", "uploaded_by", "created_at")
    readonly_fields = fields
    actions_list = ("upload_list",)  # type: ignore[assignment]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A list is uploaded: see the button."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was compared stays."""
        return False

    def has_upload_permission(self, request: HttpRequest) -> bool:
        """Whether the person may bring a list in."""
        return request.user.has_perm(ADD)

    @action(description=gettext_lazy("Upload a list"), url_path="upload", icon="upload_file", permissions=["upload"])
    def upload_list(self, request: HttpRequest) -> HttpResponse:
        """Read a list; problems are told row by row, and then nothing is taken in."""
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        posted = request.method == "POST"
        form = OutsideForm(request.POST if posted else None, request.FILES if posted else None,
                           initial={"starts_on": timezone.localdate().replace(month=1, day=1)})  # fmt: skip
        problems: list[tuple[int, str]] = []
        if posted and form.is_valid():
            values = form.cleaned_data
            content = values.pop("upload").read()
            try:
                result = read_outside_list(content=content, actor=request.user, **values)  # type: ignore[arg-type]
            except (DomainError, ValidationError) as refusal:
                add_refusal(form, refusal)
            else:
                if result.outside_list is not None:
                    words = ngettext(
                        "The list is compared: %(count)d finding is new.",
                        "The list is compared: %(count)d findings are new.", result.found,
                    )  # fmt: skip
                    messages.success(request, words % {"count": result.found})
                    return HttpResponseRedirect(reverse("admin:subsidies_outsidelist_changelist"))
                problems = result.problems
        title = _("Upload a list of another scheme")
        return self.page(
            request, "admin/subsidies/outside_upload.html",
            title=title, form=form, problems=problems, media=self.media,
        )  # fmt: skip
