"""The database refuses what must not be, whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bases.models import Agreement, Base, Document
from tests.factories.accounts import UserFactory
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, UniversityFactory
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db

UPDATES = [
    (Base, {"plaque_year": None}, "bases_base_plaque_year"),
    (Base, {"plaque_on": date(2024, 1, 1), "plaque_year": 2023}, "bases_base_plaque_year"),
    (Base, {"plaque_year": 1850}, "bases_base_plaque_year_range"),
    (Base, {"plaque_year": 2020}, "bases_base_planned_without_plaque"),
    (Base, {"state": "unveiled"}, "bases_base_unveiled_with_date_or_note"),
    (Base, {"state": "closed"}, "bases_base_closed_with_date"),
    (Base, {"closed_on": date(2024, 1, 1)}, "bases_base_closed_with_date"),
    (Base, {"state": "gone"}, "bases_base_state_known"),
    (Base, {"kind": None}, "bases_base_kind_or_candidates"),
    (Base, {"kind_basis": "ambiguous"}, "bases_base_kind_or_candidates"),
    (Agreement, {"valid_from": date(2024, 1, 2), "valid_until": date(2024, 1, 1)}, "bases_agreement_validity"),
    (Agreement, {"signed_on": date(2024, 1, 1)}, "bases_agreement_signed_year"),
    (Agreement, {"signed_year": 2024}, "bases_agreement_intent_unsigned"),
    (Agreement, {"state": "signed"}, "bases_agreement_signed_with_date_or_note"),
    (Agreement, {"state": "expired", "signed_year": 2024}, "bases_agreement_expired_with_end"),
    (Agreement, {"state": "terminated"}, "bases_agreement_terminated_with_date"),
    (Agreement, {"terminated_on": date(2024, 1, 1)}, "bases_agreement_terminated_with_date"),
    (Agreement, {"state": "lost"}, "bases_agreement_state_known"),
    (Organisation, {"school_code": "123"}, "organisations_school_code_form"),
    (Organisation, {"credit_code": "abc"}, "organisations_credit_code_form"),
    (Organisation, {"host_kind": "school"}, "organisations_host_kind_of_hosts"),
    (Organisation, {"latitude": 35}, "organisations_coordinates"),
    (Organisation, {"latitude": 95, "longitude": 111}, "organisations_coordinates"),
    (User, {"is_superuser": True}, "accounts_user_no_superuser"),
    (User, {"email": None}, "accounts_user_email_or_mobile"),
]

TRAITS = {
    "bases_base_plaque_year": {"unveiled": True},
    "bases_base_plaque_year_range": {"unveiled": True, "plaque_on": None},
    "bases_agreement_signed_year": {"signed": True},
}


@pytest.mark.parametrize(("model", "values", "constraint"), UPDATES, ids=[case[2] + str(case[1]) for case in UPDATES])
def test_update_is_refused(model, values, constraint):
    made = {Base: BaseFactory, Agreement: AgreementFactory, Organisation: UniversityFactory, User: UserFactory}
    # An unveiled base where the rule is about its plaque, a signed agreement where it is about its signing.
    row = made[model](**TRAITS.get(constraint, {}))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)


def test_school_facts_belong_to_universities():
    host = HostFactory()
    with pytest.raises(IntegrityError, match="school_facts"), transaction.atomic():
        Organisation.objects.filter(pk=host.pk).update(double_first_class=True)


def test_an_agreement_follows_one_other_and_never_itself():
    one, two = AgreementFactory(signed=True), AgreementFactory(signed=True)
    for values in ({"renews": one, "amends": one}, {"renews": two}, {"amends": two}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=two.pk).update(**values)


def test_two_renewals_of_one_agreement_are_refused():
    first = AgreementFactory(signed=True)
    AgreementFactory(renews=first)
    with pytest.raises(IntegrityError, match="renewed_once"), transaction.atomic():
        AgreementFactory(renews=first)


def test_memberships_of_one_person_in_one_unit_do_not_overlap():
    user, unit = UserFactory(), LeadUnitFactory()
    Membership.objects.create(user=user, organisation=unit, since=date(2024, 1, 1), until=date(2024, 6, 30))
    Membership.objects.create(user=user, organisation=unit, since=date(2024, 7, 1))
    with pytest.raises(IntegrityError, match="membership_once"), transaction.atomic():
        Membership.objects.create(user=user, organisation=unit, since=date(2024, 6, 30), until=date(2024, 6, 30))


def test_every_constraint_says_what_is_wrong():
    silent = [
        constraint.name
        for model in (Base, Agreement, Organisation, Membership, User)
        for constraint in model._meta.constraints
        if "is violated" in str(constraint.get_violation_error_message())
    ]
    assert silent == []


def test_a_paper_has_one_owner():
    fields = {"kind": "annex", "title": "x", "ending": "pdf", "media_type": "application/pdf", "size": 1, "file": "x"}
    with pytest.raises(IntegrityError, match="one_owner"), transaction.atomic():
        Document.objects.create(sha256="0" * 64, **fields)
    with pytest.raises(IntegrityError, match="one_owner"), transaction.atomic():
        Document.objects.create(sha256="0" * 64, base=BaseFactory(), agreement=AgreementFactory(), **fields)
