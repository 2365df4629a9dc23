"""Word templates in the admin: the versions, the one in use, a new one."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.stay_forms import TemplateForm
from internships.enums import TemplateKind
from internships.models import PaperTemplate
from internships.services.kept_files import read_paper
from internships.services.paper_templates import DOCX, NAMES, as_upload, content_in_use, newest, replace_template
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed

ADD = "internships.add_papertemplate"


@admin.register(PaperTemplate)
class PaperTemplateAdmin(AsksBeforeDeed, PortalModelAdmin):
    """Every version is kept; the newest of a kind is in use, the portal's own where there is none."""

    list_display = ("shown_kind", "version", "shown_use", "note", "shown_uploader", "uploaded_at")
    list_select_related = ("uploaded_by",)
    fields = ("shown_kind", "version", "shown_use", "note", "shown_uploader", "uploaded_at")
    readonly_fields = fields
    actions_list = ("new_version", "agreement_in_use", "certificate_in_use")
    actions_detail = ("download",)

    @display(description=gettext_lazy("uploaded by"), ordering="uploaded_by")
    def shown_uploader(self, template: PaperTemplate) -> str:
        """Who brought this version."""
        return str(template.uploaded_by)

    def get_urls(self) -> list[URLPattern]:
        """Add the page of a new version."""
        view = self.admin_site.admin_view(self.new_version_view)
        return [path("new/", view, name="internships_papertemplate_new"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Templates are checked first: see ``new_version``."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_replace_permission(self, request: HttpRequest, *args: Any) -> bool:
        """The department alone."""
        return request.user.has_perm(ADD)

    @action(
        description=gettext_lazy("Upload a new version"),
        url_path="to-new",
        icon="upload_file",
        permissions=["replace"],
        variant=ActionVariant.PRIMARY,
    )
    def new_version(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page of a new version."""
        return self.new_version_view(request)

    def new_version_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the file, look at it, keep it."""
        names = {kind: ", ".join(f"{{{{ {name} }}}}" for name in NAMES[kind]) for kind in TemplateKind}
        deed = Deed(
            title=_("Upload a new version"),
            button=_("Upload a new version"),
            form=TemplateForm,
            perform=partial(replace_template, actor=request.user),  # type: ignore[arg-type]
            done=_("This version is in use from now on."),
            explanation=_("Agreement: %(agreement)s. Certificate: %(certificate)s.")
            % {
                "agreement": names[TemplateKind.AGREEMENT],
                "certificate": names[TemplateKind.CERTIFICATE],
            },
            back=reverse("admin:internships_papertemplate_changelist"),
        )
        return self.deed_view(request, PaperTemplate(title=_("Word templates")), deed, permission=ADD)

    @action(description=gettext_lazy("Agreement in use"), url_path="agreement", icon="download")
    def agreement_in_use(self, request: HttpRequest) -> HttpResponseBase:
        """Hand out the template of the agreement."""
        return self._in_use(request, TemplateKind.AGREEMENT)

    @action(description=gettext_lazy("Certificate in use"), url_path="certificate", icon="download")
    def certificate_in_use(self, request: HttpRequest) -> HttpResponseBase:
        """Hand out the template of the certificate."""
        return self._in_use(request, TemplateKind.CERTIFICATE)

    @action(description=gettext_lazy("Download"), url_path="download", icon="download")
    def download(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Hand out this version."""
        return FileResponse(**read_paper(paper=self.visible_or_404(request, object_id), actor=request.user))  # type: ignore[arg-type]

    @display(description=gettext_lazy("paper"), ordering="kind")
    def shown_kind(self, template: PaperTemplate) -> str:
        """Which paper."""
        return str(template.get_kind_display())

    @display(description=gettext_lazy("in use"))
    def shown_use(self, template: PaperTemplate) -> SafeString:
        """Whether it is the newest."""
        if newest(TemplateKind(template.kind)) == template:
            return label("success", "check_circle", _("in use"))
        return label("muted", "history", _("earlier version"))

    def _in_use(self, request: HttpRequest, kind: TemplateKind) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise Http404
        _template, content = content_in_use(kind)
        upload = as_upload(content, f"{kind.value}.docx")
        return FileResponse(upload, as_attachment=True, filename=f"{kind.label}.docx", content_type=DOCX)
