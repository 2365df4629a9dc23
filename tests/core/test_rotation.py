"""Whatever lies sealed opens under the newest key alone, once the keys have been rotated."""

import hashlib
import io
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import override_settings

from internships.subsidies.enums import BankFileKind
from internships.subsidies.services.bank_files import bank_file
from internships.subsidies.services.sealed_files import open_sealed
from tests.factories.accounts import staff
from tests.factories.payments import released
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.accounts.views.second_factor_adapter import PortalSecondFactorAdapter
from wenxi_portal.core.cipher import CipherError
from wenxi_portal.spreadsheets.models import ImportFile, ImportRow, ImportRun
from wenxi_portal.spreadsheets.sealing import opened, sealed

OLD, NEW = {1: b"1" * 32}, {2: b"2" * 32}
pytestmark = pytest.mark.django_db


def rotate() -> str:
    told = io.StringIO()
    with override_settings(FIELD_KEYS=OLD | NEW):
        call_command("rotate_field_keys", stdout=told)
    return told.getvalue()


@pytest.fixture
def officer():
    sync_roles()
    return staff(Role.ORGANIZATION_DEPARTMENT)


def test_staff_keep_their_second_factor_and_their_recovery_codes(officer):
    before = {row.type: row.data for row in Authenticator.objects.filter(user=officer)}
    adapter = PortalSecondFactorAdapter()
    secret, seed = adapter.decrypt(before["totp"]["secret"]), adapter.decrypt(before["recovery_codes"]["seed"])
    assert "second factors: 2 sealed again" in rotate()
    after = {row.type: row.data for row in Authenticator.objects.filter(user=officer)}
    with override_settings(FIELD_KEYS=NEW):
        assert adapter.decrypt(after["totp"]["secret"]) == secret
        assert adapter.decrypt(after["recovery_codes"]["seed"]) == seed
    assert after["recovery_codes"]["used_mask"] == before["recovery_codes"]["used_mask"]


def test_uploaded_files_and_rows_that_wait_open(officer):
    run = ImportRun.objects.create(sheet="talent.person", file_name="名册.xlsx", digest="d", uploaded_by=officer)
    ImportFile.objects.create(run=run, content=b"sheet")
    changes = [["mobile", sealed("13800000001"), None], ["name", "甲", "乙"]]
    values = {"mobile": sealed("13800000002"), "name": "乙"}
    ImportRow.objects.create(run=run, tab="1", number=1, kind="new", values=values, changes=changes)
    told = rotate()
    assert "ImportFile.content: 1 sealed again" in told
    assert "rows that wait: 1 sealed again" in told
    with override_settings(FIELD_KEYS=NEW):
        row = ImportRow.objects.get()
        assert (opened(row.values["mobile"]), row.values["name"]) == ("13800000002", "乙")
        assert (opened(row.changes[0][1]), row.changes[0][2], row.changes[1]) == ("13800000001", None, changes[1])
        assert ImportFile.objects.get().content == b"sheet"
    assert ": 1 sealed" not in rotate()


def test_files_of_the_bank_open_and_are_the_same():
    batch = released()
    kept = bank_file(batch=batch, kind=BankFileKind.CSV, actor=batch.released_by)
    path = Path(kept.file.path)
    mode = path.stat().st_mode
    assert "files of the bank: 0" not in rotate()
    with override_settings(FIELD_KEYS=OLD), pytest.raises(CipherError):
        open_sealed(kept)
    with override_settings(FIELD_KEYS=NEW):
        assert hashlib.sha256(open_sealed(kept)).hexdigest() == kept.sha256
    assert (path.stat().st_mode, list(path.parent.glob(f"{path.name}.*"))) == (mode, [])
