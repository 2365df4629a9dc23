"""Two officers bring the same rows in at once; a worker is killed in the middle."""

import os
import subprocess
import sys
import time

import pytest

from tests import servers
from tests.factories.accounts import staff
from tests.spreadsheets.books import universities, xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.organisation import save_organisation
from wenxi_portal.spreadsheets.enums import ImportState
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.reading import read_import
from wenxi_portal.spreadsheets.services.uploads import confirm_import, start_import

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [f"示例{sign}大学" for sign in "甲乙丙丁戊己庚辛"]

SLOW_WORKER = """
import sys, time, django
django.setup()
from wenxi_portal.spreadsheets.organisation_intake import OrganisationIntake
from wenxi_portal.spreadsheets.services.applying import apply_import
write = OrganisationIntake.write
def slow(self, **rows):
    write(self, **rows)
    print("written, not committed", flush=True)
    time.sleep(60)
OrganisationIntake.write = slow
apply_import(int(sys.argv[1]))
"""


@pytest.fixture
def confirmed():
    """Return a function that brings the names to confirmation, and confirms them."""
    sync_roles()

    def bring(*names: str) -> ImportRun:
        actor = staff(Role.ORGANIZATION_DEPARTMENT)
        run = start_import(
            sheet="organisations.organisation", content=xlsx(universities(*names)), file_name="名册.xlsx", actor=actor
        )
        read_import(run.pk)
        run.refresh_from_db()
        return confirm_import(run=run, actor=actor)

    return bring


def test_two_imports_of_the_same_rows_enter_each_once(confirmed, at_once):
    runs = [confirmed(*NAMES), confirmed(*NAMES)]
    outcomes = at_once(*[lambda run=run: apply_import(run.pk) for run in runs])
    assert outcomes == [None, None]
    assert Organisation.objects.filter(name__in=NAMES).count() == len(NAMES)
    for run in runs:
        run.refresh_from_db()
        assert run.state == ImportState.APPLIED
    assert sorted(str(run.outcomes) for run in runs) == ["{'already': 8}", "{'entered': 8}"]


def test_one_import_taken_by_two_workers_is_written_once(confirmed, at_once):
    run = confirmed(*NAMES)
    assert at_once(*[lambda: apply_import(run.pk)] * 4) == [None] * 4
    assert Organisation.objects.filter(name__in=NAMES).count() == len(NAMES)


def test_an_import_and_somebody_at_the_form_make_no_two(confirmed, at_once):
    run = confirmed(*NAMES)

    def by_hand():
        return save_organisation(organisation=Organisation(kind="university", name=NAMES[0]))

    at_once(lambda: apply_import(run.pk), by_hand)
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert Organisation.objects.filter(name__in=NAMES).count() == len(NAMES)


def test_a_killed_worker_leaves_nothing_and_another_finishes(confirmed):
    run = confirmed(*NAMES)
    environment = os.environ | {
        "DATABASE_URL": servers.scratch_database_url(),
        "DJANGO_SETTINGS_MODULE": "wenxi_portal.settings.test",
    }
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SLOW_WORKER, str(run.pk)],
        env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout is not None
    assert "written" in worker.stdout.readline()
    worker.kill()
    worker.wait()
    worker.stdout.close()
    run.refresh_from_db()
    assert run.state == ImportState.CONFIRMED
    assert not Organisation.objects.filter(name__in=NAMES).exists()
    until = time.monotonic() + 20
    while run.state != ImportState.APPLIED and time.monotonic() < until:
        # The server needs a moment to notice that the killed worker's connection is gone.
        apply_import(run.pk)
        run.refresh_from_db()
        time.sleep(0.2)
    assert run.state == ImportState.APPLIED
    assert Organisation.objects.filter(name__in=NAMES).count() == len(NAMES)
