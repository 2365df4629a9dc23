"""Forms that are saved by a service, and come back with what was typed when the service refuses."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenxi_portal.core.errors import DomainError

# Where a refusal waits on the request until the form is shown again.
_REFUSAL = "_portal_refusal"


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that knows which revision was on screen and shows what the service said."""

    refusal: Exception | None = None
    knows_revision = False
    expected_revision = forms.IntegerField(required=False, label=gettext_lazy("revision"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and hasattr(self.instance, "revision"):
            self.initial["expected_revision"] = self.instance.revision
            self.knows_revision = True

    def clean(self) -> dict[str, Any]:
        """Refuse, in words above the form, a page that does not tell which version was on screen."""
        values = super().clean() or {}
        if self.knows_revision and values.get("expected_revision") is None:
            self.errors.pop("expected_revision", None)
            raise ValidationError(
                _("This page does not tell which version you were editing. Open it anew, then save."), code="revision"
            )
        return values

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.refusal is not None:
            add_refusal(self, self.refusal)


class SavesThroughService:
    """Mixin of a ModelAdmin whose rows only a service writes.

    ``save_by_service(request, form, formsets)`` hands the checked form to the service, which may raise
    ``DomainError`` and ``ValidationError``.
    """

    save_by_service: Callable[[HttpRequest, ServiceForm, Sequence[BaseFormSet]], None]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save, or show the form again with what was typed and what the service said."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        except (DomainError, ValidationError) as refusal:
            setattr(request, _REFUSAL, refusal)
        return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ServiceForm]:
        """The form class, with the refusal of this request if there was one."""
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        form.refusal = getattr(request, _REFUSAL, None)
        form.user = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: ServiceForm, change: bool) -> None:
        """Wait for the parts: the service writes the record and its parts in one go."""

    def save_related(self, request: HttpRequest, form: ServiceForm, formsets: Any, change: bool) -> None:
        """Call the service."""
        try:
            self.save_by_service(request, form, formsets)
        except IntegrityError as error:
            # Two saved the same at once; the form, shown again, finds the other's row and names it.
            raise DomainError(_("Somebody saved the same at this very moment. Look below.")) from error

    def construct_change_message(
        self, request: HttpRequest, form: ServiceForm, formsets: Any, add: bool = False
    ) -> Any:
        """Nothing: services record what they do."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Nothing: services record what they do."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Nothing: services record what they do."""


def add_refusal(form: forms.BaseForm, refusal: Exception, *, file_field: str = "") -> None:
    """Put what a service refused beside its field, or above the form; a refused file beside ``file_field``."""
    if isinstance(refusal, DomainError):
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    elif isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
    elif isinstance(refusal, ValidationError):
        form.add_error(file_field if file_field in form.fields else None, refusal)


def kept_rows(formset: BaseFormSet) -> list[dict[str, Any]]:
    """Return the checked values of the rows that are filled in and not struck out."""
    return [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]
