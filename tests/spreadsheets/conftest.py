"""Somebody of the organization department, and an import read and written without a worker in between."""

from collections.abc import Callable

import pytest

from tests.factories.accounts import staff
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.reading import read_import
from wenxi_portal.spreadsheets.services.uploads import confirm_import, start_import

ORGANISATIONS, BASES = "organisations.organisation", "bases.base"


@pytest.fixture
def department(db):
    sync_roles()
    return staff(Role.ORGANIZATION_DEPARTMENT)


@pytest.fixture
def read(department) -> Callable[..., ImportRun]:
    """Upload and read a file; return the import as it stands then."""

    def run_it(content: bytes, sheet: str = ORGANISATIONS, actor=None, name: str = "名册.xlsx") -> ImportRun:
        run = start_import(sheet=sheet, content=content, file_name=name, actor=actor or department)
        read_import(run.pk)
        run.refresh_from_db()
        return run

    return run_it


@pytest.fixture
def write(department) -> Callable[..., ImportRun]:
    """Confirm and write an import that was read; return it as it stands then."""

    def run_it(run: ImportRun, actor=None) -> ImportRun:
        confirm_import(run=run, actor=actor or department)
        apply_import(run.pk)
        run.refresh_from_db()
        return run

    return run_it
