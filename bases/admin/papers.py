"""Papers of a record: added and replaced by newer ones, never overwritten, read only through the permission check."""

from functools import partial
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from bases.enums import DocumentKind
from bases.models import Document
from bases.services.document import add_document, publish_document
from wenxi_portal.core.admin.moves import Deed, NothingAsked

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class PaperForm(forms.Form):
    """A paper to keep. The type is told from the content by the service."""

    kind = forms.ChoiceField(label=_("kind"), choices=DocumentKind, widget=UnfoldAdminSelectWidget())
    title = forms.CharField(label=_("title"), max_length=120, widget=UnfoldAdminTextInputWidget())
    upload = forms.FileField(
        label=_("file"),
        help_text=_("PDF, Word (.docx), Excel (.xlsx), JPEG or PNG."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ACCEPTED}),
    )
    is_public = forms.BooleanField(label=_("public may read it"), required=False, widget=UnfoldBooleanSwitchWidget())

    def clean_kind(self) -> DocumentKind:
        """The kind as the service takes it."""
        return DocumentKind(self.cleaned_data["kind"])


class KeepsPapers:
    """Mixin of a record's ModelAdmin: pages to add, replace, publish and withdraw a paper."""

    def get_urls(self) -> list[URLPattern]:
        """Add the papers' pages."""
        info = f"{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]

        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)  # type: ignore[attr-defined]

        return [
            path("<path:object_id>/papers/add/", page(self.add_paper), name=f"{info}_add_paper"),
            path(
                "<path:object_id>/papers/<uuid:identifier>/replace/",
                page(self.replace_paper),
                name=f"{info}_replace_paper",
            ),
            path(
                "<path:object_id>/papers/<uuid:identifier>/publish/",
                page(self.publish_paper),
                name=f"{info}_publish_paper",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def papers_of(self, record: Any) -> list[Document]:
        """Return the papers, newest first, each with who brought it and what replaces it."""
        return list(record.documents.select_related("uploaded_by", "replaced_by"))

    def may_add_papers(self, request: HttpRequest, record: Any) -> bool:
        """Tell whether the person may add papers to the record."""
        return request.user.has_perm("bases.add_document") and self.has_change_permission(request, record)  # type: ignore[attr-defined, union-attr]

    def add_paper(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for a paper and keep it."""
        record = self._workable(request, object_id)
        deed = Deed(
            title=_("Add a paper"),
            button=_("Keep the paper"),
            form=PaperForm,
            perform=partial(add_document, owner=record, actor=request.user),
            done=_("The paper is on file."),
            explanation=_("A paper is kept for good: it can be replaced by a newer one, never overwritten."),
        )
        return self.deed_view(request, record, deed, permission="bases.add_document")  # type: ignore[attr-defined]

    def replace_paper(self, request: HttpRequest, object_id: str, identifier: Any) -> HttpResponse:
        """Ask for a newer version of a paper and keep both."""
        record = self._workable(request, object_id)
        paper = self._paper(record, identifier)
        deed = Deed(
            title=_("Replace by a newer version"),
            button=_("Keep the newer version"),
            form=PaperForm,
            perform=partial(add_document, owner=record, actor=request.user, replaces=paper),
            done=_("The newer version is on file; the older one stays."),
            explanation=_("The paper “%(title)s” stays on file, marked as replaced.") % {"title": paper.title},
            barred=_("This paper has been replaced already. Replace its newest version.") if _replaced(paper) else "",
        )
        initial = {"kind": paper.kind, "title": paper.title, "is_public": paper.is_public}
        return self.deed_view(request, record, deed, permission="bases.add_document", initial=initial)  # type: ignore[attr-defined]

    def publish_paper(self, request: HttpRequest, object_id: str, identifier: Any) -> HttpResponse:
        """Let the public read a paper, or no longer."""
        record = self._workable(request, object_id)
        paper = self._paper(record, identifier)
        to_public = not paper.is_public
        deed = Deed(
            title=_("Let the public read it") if to_public else _("Withdraw from the public"),
            button=_("Publish") if to_public else _("Withdraw"),
            form=NothingAsked,
            perform=partial(publish_document, document=paper, is_public=to_public, actor=request.user),
            done=_("The public can read the paper.") if to_public else _("The public can no longer read the paper."),
            explanation=_("Paper: %(title)s") % {"title": paper.title},
            barred=_("This paper has been replaced already. Publish its newest version.")
            if to_public and _replaced(paper)
            else "",
        )
        return self.deed_view(request, record, deed, permission="bases.change_document")  # type: ignore[attr-defined]

    def _workable(self, request: HttpRequest, object_id: str) -> Any:
        record = self.visible_or_404(request, unquote(object_id))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            raise Http404
        return record

    def _paper(self, record: Any, identifier: Any) -> Document:
        paper = record.documents.filter(identifier=identifier).first()
        if paper is None:
            raise Http404
        return paper


def _replaced(paper: Document) -> bool:
    return Document.objects.filter(replaces=paper).exists()
