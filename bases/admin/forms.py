"""Forms of bases and agreements: what may be typed, and what to do about a record that is already on file."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from bases.enums import AgreementKind
from bases.models import Agreement, Base
from bases.models.base import FIRST_YEAR, LAST_YEAR
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.saving import ServiceForm


class BaseForm(ServiceForm):
    """A base; a second one of the same name and partner leads to the first."""

    class Meta:
        model = Base
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """The year of unveiling follows the day."""
        values = super().clean() or {}
        _year_of(values, "plaque_on", "plaque_year")
        return values

    def _post_clean(self) -> None:
        super()._post_clean()
        name, partner = self.cleaned_data.get("name"), self.cleaned_data.get("local_partner")
        name_twin(self, Base.objects.filter(name=name, local_partner=partner) if name else Base.objects.none())


class AgreementForm(ServiceForm):
    """An agreement; a second one of the same title and date leads to the first."""

    correction_reason = forms.CharField(
        label=gettext_lazy("reason for the correction"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Needed when title, kind, dates, number of papers or a party of the signed paper change. "
            "What was agreed anew is entered as an amendment."
        ),
    )

    class Meta:
        model = Agreement
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        """The year of signing follows the day."""
        values = super().clean() or {}
        _year_of(values, "signed_on", "signed_year")
        return values

    def _post_clean(self) -> None:
        super()._post_clean()
        title, day = self.cleaned_data.get("title"), self.cleaned_data.get("signed_on")
        name_twin(self, Agreement.objects.filter(title=title, signed_on=day) if title else Agreement.objects.none())


class ReasonForm(forms.Form):
    """Why: kept with the record for good."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Stays with the record for good."),
    )


class UnveilForm(ReasonForm):
    """The day of the plaque, or the year alone, or a note why neither is known."""

    on = forms.DateField(label=gettext_lazy("unveiled on"), required=False, widget=UnfoldAdminSingleDateWidget())
    year = forms.IntegerField(
        label=gettext_lazy("year of unveiling"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=UnfoldAdminIntegerFieldWidget(),
        help_text=gettext_lazy("Enough when the day is not known."),
    )
    note = forms.CharField(
        label=gettext_lazy("note on the date"),
        max_length=120,
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("For example: why neither day nor year is known."),
    )


class DayForm(ReasonForm):
    """A day; empty means today."""

    on = forms.DateField(
        label=pgettext_lazy("day of a deed", "day"),
        required=False,
        widget=UnfoldAdminSingleDateWidget(),
        help_text=gettext_lazy("Empty means today."),
    )


class SignForm(ReasonForm):
    """The day of signing, or the year alone, or a note why neither is known."""

    signed_on = forms.DateField(label=gettext_lazy("signed on"), required=False, widget=UnfoldAdminSingleDateWidget())
    signed_year = forms.IntegerField(
        label=gettext_lazy("year of signing"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=UnfoldAdminIntegerFieldWidget(),
        help_text=gettext_lazy("Enough when the day is not known."),
    )
    date_note = forms.CharField(
        label=gettext_lazy("note on the date"),
        max_length=120,
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("For example: why neither day nor year is known."),
    )


class SuccessorForm(forms.Form):
    """The renewal or the amendment of an agreement, to be signed in its turn."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=160, widget=UnfoldAdminTextInputWidget())
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=AgreementKind, widget=UnfoldAdminSelectWidget())
    valid_from = forms.DateField(label=gettext_lazy("valid from"), required=False, widget=UnfoldAdminSingleDateWidget())
    valid_until = forms.DateField(
        label=gettext_lazy("valid until"), required=False, widget=UnfoldAdminSingleDateWidget()
    )
    summary = forms.CharField(
        label=gettext_lazy("summary"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )


def name_twin(form: ServiceForm, twins: QuerySet[Any]) -> None:
    """Below the refusal of a second record, name the first: as a link when the person may open it."""
    if NON_FIELD_ERRORS not in form.errors:
        return
    twin: Model | None = twins.exclude(pk=form.instance.pk).first()
    if twin is None:
        return
    visible = type(twin)._default_manager.visible_to(form.user).filter(pk=twin.pk).exists()  # type: ignore[attr-defined]
    if visible:
        form.add_error(None, format_html(_("On file: {}. Open it instead of entering it again."), change_link(twin)))
    else:
        form.add_error(None, _("It belongs to another unit. Ask the organization department."))


def _year_of(values: dict[str, Any], day_field: str, year_field: str) -> None:
    day = values.get(day_field)
    if isinstance(day, date) and year_field in values and not values[year_field]:
        values[year_field] = day.year
