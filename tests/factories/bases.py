"""Obviously fictitious kinds, bases and agreements in any state, rows as the database allows them."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from bases.enums import AgreementKind, AgreementState, BaseState, KindBasis, PartySide
from bases.models import Agreement, AgreementParty, AnnouncedFigure, Base, BaseKind, BaseUniversity
from tests.factories.organisations import HostFactory, LeadUnitFactory, UniversityFactory


class BaseKindFactory(DjangoModelFactory):
    """A kind of base; the numbers 1 to 99 go round."""

    class Meta:
        model = BaseKind
        django_get_or_create = ("number",)

    number = factory.Sequence(lambda number: number % 99 + 1)
    name = factory.LazyAttribute(lambda kind: f"示例类型基地{kind.number:02}")
    name_en = factory.LazyAttribute(lambda kind: f"Example kind {kind.number:02}")
    lead_unit = factory.SubFactory(LeadUnitFactory)


class BaseFactory(DjangoModelFactory):
    """A planned base with kind, lead unit and local partner; ``universities=[...]`` links universities."""

    class Meta:
        model = Base
        skip_postgeneration_save = True

    class Params:
        planned = factory.Trait(state=BaseState.PLANNED)
        unveiled = factory.Trait(
            state=BaseState.UNVEILED, plaque_on=date(2023, 5, 1), plaque_year=2023, summary="示例基地简介"
        )
        suspended = factory.Trait(state=BaseState.SUSPENDED, plaque_on=date(2023, 5, 1), plaque_year=2023)
        closed = factory.Trait(
            state=BaseState.CLOSED, plaque_on=date(2023, 5, 1), plaque_year=2023, closed_on=date(2024, 5, 1)
        )
        unsettled = factory.Trait(kind=None, kind_basis=KindBasis.AMBIGUOUS)

    name = factory.Sequence(lambda number: f"示例合作基地{number:02}")
    kind = factory.SubFactory(BaseKindFactory)
    kind_basis = KindBasis.STATED
    lead_unit = factory.SubFactory(LeadUnitFactory)
    local_partner = factory.SubFactory(HostFactory)
    place = "示例镇"

    @factory.post_generation
    def universities(self, create: bool, extracted: list[Any] | None, **kwargs: Any) -> None:
        """Link the universities named, or one new one when ``universities__new=True``."""
        named = list(extracted or ())
        if kwargs.get("new"):
            named.append(UniversityFactory())
        for university in named if create else ():
            BaseUniversity.objects.create(base=self, university=university)


class AgreementFactory(DjangoModelFactory):
    """An intent; traits for what comes after. ``bases=[...]`` links bases, ``party=`` names a university."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    class Params:
        signed = factory.Trait(
            state=AgreementState.SIGNED,
            signed_on=date(2023, 6, 1),
            signed_year=2023,
            valid_from=date(2023, 6, 1),
            valid_until=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=400)),
        )
        expired = factory.Trait(
            state=AgreementState.EXPIRED,
            signed_on=date(2020, 6, 1),
            signed_year=2020,
            valid_from=date(2020, 6, 1),
            valid_until=date(2022, 6, 1),
        )
        terminated = factory.Trait(
            state=AgreementState.TERMINATED,
            signed_on=date(2021, 6, 1),
            signed_year=2021,
            terminated_on=date(2022, 1, 1),
        )

    title = factory.Sequence(lambda number: f"示例合作协议{number:02}")
    kind = AgreementKind.FRAMEWORK
    lead_unit = factory.SubFactory(LeadUnitFactory)

    @factory.post_generation
    def bases(self, create: bool, extracted: list[Base] | None, **_kwargs: Any) -> None:
        """Let the agreement carry the bases named."""
        if create and extracted:
            self.bases.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def party(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        """Make the university named a party."""
        if create and extracted:
            AgreementParty.objects.create(
                agreement=self, organisation=extracted, name=extracted.name, side=PartySide.UNIVERSITY
            )


class AnnouncedFigureFactory(DjangoModelFactory):
    """A figure that was made public."""

    class Meta:
        model = AnnouncedFigure
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda number: f"example-{number:02}")
    label = "示例公布数"
    value = 15
    unit = "个"
    as_of = date(2024, 1, 1)
    source = "示例来源"
