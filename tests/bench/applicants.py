"""Students who are signed in and may apply, made for the measurement. Run as a module it prints one entry for each."""

import json
import os
import subprocess
import sys

POSITIONS = 40


def entries_of(database_url: str, number: int) -> list[tuple[str, str, str, int]]:
    """Make ``number`` students in the database; return session, CSRF token, cookie name and position of each."""
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.bench.making"}
    command = [sys.executable, "-m", "tests.bench.applicants", str(number)]
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return [tuple(entry) for entry in json.loads(answer)]


def _make(number: int) -> list[tuple[str, str, str, int]]:
    from datetime import date, timedelta
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.middleware.csrf import _get_new_csrf_string

    from tests.factories.accounts import UserFactory
    from tests.factories.internships import PositionFactory, StudentFactory
    from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
    from tests.factories.talent import id_number

    store = import_module(settings.SESSION_ENGINE).SessionStore
    host, unit, university = HostFactory(), LeadUnitFactory(), UniversityFactory()
    MembershipFactory(user=UserFactory(), organisation=host)
    places = [PositionFactory(host=host, lead_unit=unit, seats=500) for _place in range(POSITIONS)]
    entries = []
    for at in range(number):
        born = date(2003, 1, 1) + timedelta(days=at // 900)
        student = StudentFactory(
            university=university,
            birth_date=born,
            id_number=id_number(born=born, sequence=at % 900),
            enrolment_code="ABCD1234",
        )
        session = store()
        session[SESSION_KEY] = str(student.user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = student.user.get_session_auth_hash()
        session.create()
        entries.append(
            (session.session_key, _get_new_csrf_string(), settings.SESSION_COOKIE_NAME, places[at % POSITIONS].pk)
        )
    return entries


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(_make(int(sys.argv[1])), sys.stdout)
