"""New keys: what the bank was sent and sent back, and the auditors' packs, are sealed anew and stay what they were."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from internships.subsidies.enums import BankFileKind, PackScope, PackState
from internships.subsidies.models import AuditPack
from internships.subsidies.services.auditor_pack import ask_for_pack, make_pack
from internships.subsidies.services.bank_files import bank_file
from internships.subsidies.services.result import read_result
from internships.subsidies.services.sealed_files import open_sealed
from tests.factories.accounts import staff
from tests.factories.payments import released, result_csv, rows_of

pytestmark = pytest.mark.django_db


def test_files_and_packs_open_under_the_new_key_alone(settings) -> None:
    batch = released()
    papers = [bank_file(batch=batch, kind=BankFileKind.CSV, actor=None),
              read_result(batch=batch, upload=result_csv(rows_of(batch)), actor=staff())]  # fmt: skip
    pack = ask_for_pack(scope=PackScope.BATCH, batch=batch, actor=staff(), reason="示例审计")
    make_pack(pack.pk)
    before = bytes(AuditPack.objects.get(pk=pack.pk).content)
    old = dict(settings.FIELD_KEYS)
    newest = max(old) + 1
    settings.FIELD_KEYS = old | {newest: b"k" * 32}
    told = StringIO()
    call_command("rotate_field_keys", stdout=told)
    assert "subsidies: files of the bank: 2 sealed again." in told.getvalue()
    assert "subsidies.AuditPack.content: 1 sealed again." in told.getvalue()
    # The old key may be thrown away; what lies on disk is one whole file, with the rights it had.
    settings.FIELD_KEYS = {newest: b"k" * 32}
    for paper in papers:
        assert hashlib.sha256(open_sealed(paper)).hexdigest() == paper.sha256
        assert [one.name for one in Path(paper.file.path).parent.iterdir() if paper.identifier.hex in one.name] == [
            Path(paper.file.name).name
        ]
    found = AuditPack.objects.get(pk=pack.pk)
    assert (found.state, bytes(found.content)) == (PackState.MADE, before)
    # Run again, there is nothing left to do; a file that is gone stops nobody.
    Path(papers[0].file.path).unlink()
    told = StringIO()
    call_command("rotate_field_keys", stdout=told)
    assert "subsidies: files of the bank: 0 sealed again." in told.getvalue()
