"""The factories that every other test leans on."""

import pytest
from allauth.mfa.models import Authenticator

from tests.factories.accounts import UserFactory, staff
from wenxi_portal.accounts.enums import Role


@pytest.mark.django_db
def test_staff_plays_the_role_and_has_a_second_factor() -> None:
    officer = staff(Role.LEAD_UNIT_OFFICER)

    assert officer.is_staff
    assert officer.has_role(Role.LEAD_UNIT_OFFICER)
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()


@pytest.mark.django_db
def test_a_student_does_not_enter_the_admin() -> None:
    student = UserFactory(role=Role.STUDENT)

    assert not student.is_staff
    assert not student.has_usable_password()
