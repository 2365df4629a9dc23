"""Obviously fictitious organisations, written through the only writer of organisations, so that they are findable."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.models import Membership, Organisation
from wenxi_portal.organisations.services.organisation import save_organisation


class OrganisationFactory(DjangoModelFactory):
    """An organisation without codes."""

    class Meta:
        model = Organisation
        abstract = True

    province = "山西省"
    city = "运城市"

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **kwargs: Any) -> Organisation:
        return save_organisation(organisation=model_class(*args, **kwargs))


class UniversityFactory(OrganisationFactory):
    """A university of no real town."""

    kind = OrganisationKind.UNIVERSITY
    name = factory.Sequence(lambda number: f"示例大学{number:02}")
    city = "示例市"


class LeadUnitFactory(OrganisationFactory):
    """A lead unit of the county."""

    kind = OrganisationKind.LEAD_UNIT
    name = factory.Sequence(lambda number: f"示例牵头单位{number:02}")


class HostFactory(OrganisationFactory):
    """An enterprise that takes interns."""

    kind = OrganisationKind.HOST
    host_kind = HostKind.ENTERPRISE
    name = factory.Sequence(lambda number: f"示例企业{number:02}")


class MembershipFactory(DjangoModelFactory):
    """A person acts for a lead unit from today on."""

    class Meta:
        model = Membership

    user = factory.SubFactory("tests.factories.accounts.UserFactory")
    organisation = factory.SubFactory(LeadUnitFactory)
