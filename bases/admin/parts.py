"""Parts of bases and agreements that are edited with them."""

from typing import Any

from django.forms import ModelChoiceField
from django.http import HttpRequest

from bases.admin.record import choosable_bases, choosable_organisations
from bases.models import AgreementBase, AgreementParty, BaseCandidateKind, BaseUniversity
from wenxi_portal.core.admin.inlines import PartOfRecord


class UniversityInline(PartOfRecord):
    """Universities that take part in a base."""

    model = BaseUniversity
    autocomplete_fields = ("university",)
    fields = ("university", "note")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer universities that are public or the person's own."""
        if db_field.name == "university":
            kwargs["queryset"] = choosable_organisations(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CandidateKindInline(PartOfRecord):
    """Kinds that a base may turn out to have."""

    model = BaseCandidateKind
    fields = ("kind",)


class PartyInline(PartOfRecord):
    """Parties to an agreement."""

    model = AgreementParty
    autocomplete_fields = ("organisation",)
    fields = ("name", "side", "organisation")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer organisations that are public or the person's own."""
        if db_field.name == "organisation":
            kwargs["queryset"] = choosable_organisations(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AgreementBaseInline(PartOfRecord):
    """Bases that rest on an agreement."""

    model = AgreementBase
    autocomplete_fields = ("base",)
    fields = ("base",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer bases whose page opens for the person."""
        if db_field.name == "base":
            kwargs["queryset"] = choosable_bases(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
