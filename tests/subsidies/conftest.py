"""After every test, and at every commit within it, the ledger reconciles with claims and payment lines."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.transaction import Atomic

from internships.subsidies.selectors.reconciling import discrepancies

MONEY_TABLES = ('"subsidies_ledgerentry"', '"subsidies_paymentline"', "INTO subsidies_", "UPDATE subsidies_")


def assert_reconciled() -> None:
    """Fail with what does not fit. Claims that a factory put into a state never had a line: only these are passed."""
    found = [one for one in discrepancies() if one.check != "no_line"]
    assert not found, found


@pytest.fixture(autouse=True)
def _reconciles(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    depth, touched = len(connection.savepoint_ids), [False]
    leave = Atomic.__exit__

    def watch(execute, sql, params, many, context):
        if sql[:40].lstrip()[:6].upper() in {"INSERT", "UPDATE", "WITH B", "COPY "} and any(
            table in sql for table in MONEY_TABLES
        ):
            touched[0] = True
        return execute(sql, params, many, context)

    def checked(block: Atomic, error, value, trace) -> None:
        leave(block, error, value, trace)
        outermost = len(connection.savepoint_ids) <= depth and not connection.needs_rollback
        if error is None and outermost and touched[0] and block.using in {None, "default"}:
            touched[0] = False
            assert_reconciled()

    monkeypatch.setattr(Atomic, "__exit__", checked)
    with connection.execute_wrapper(watch):
        yield
    if not connection.needs_rollback:
        assert_reconciled()
