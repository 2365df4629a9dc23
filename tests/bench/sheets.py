"""Importing organisations, everything included, against django-import-export with its defaults.

Same file, model, database and machine. Ours: reading, checks, look-up, possible duplicates, staging, preview, and the
confirmed write with search index. Theirs: ``Dataset.load`` and one ``import_data`` that writes, nothing staged, no
search index. ``python -m tests.bench.sheets ROWS`` runs one side in a process of its own, so that its memory is its own.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time

from tests.bench.results import Result

OURS_ROWS, THEIRS_ROWS = 100_000, 3_000
SPEED_BOUND, BULK_BOUND, MEMORY_BOUND = 1 / 20, 1.0, 300.0
SIDES = ("ours", "theirs", "bulk")


def measure(url: str) -> list[Result]:
    """Measure on an empty register in the database at ``url``; ratios are seconds a row, ours over theirs."""
    told = {side: _run(url, side) for side in SIDES}
    ours, theirs, bulk = (told[side] for side in SIDES)
    print(json.dumps(told, indent=1), flush=True)
    return [
        Result("import, seconds a row", ours["a_row"] / theirs["a_row"], SPEED_BOUND, OURS_ROWS,
               "django-import-export, defaults, 3,000 rows"),
        Result("import, seconds a row", ours["a_row"] / bulk["a_row"], BULK_BOUND, OURS_ROWS,
               "django-import-export, bulk mode, 3,000 rows"),
        Result("import of 100,000 rows, megabytes at the peak", ours["megabytes"], MEMORY_BOUND, 1, "the process"),
    ]  # fmt: skip


def workbook(rows: int) -> bytes:
    """Return a register of ``rows`` invented hosts as .xlsx."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["name", "kind", "host_kind", "province", "city", "address", "name_note"])
        for at in range(rows):
            words = _name(at)
            page.write_row(at + 1, 0, [words, "host", "enterprise", "山西省", "运城市", f"示例路{at}号", "示例"])
    return stream.getvalue()


def _name(at: int) -> str:
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    return "示例" + "".join(signs[at // len(signs) ** power % len(signs)] for power in range(4)) + f"有限公司{at}"


def _run(url: str, side: str) -> dict[str, float]:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.sheet_settings"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.sheets", side]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _ours(rows: int) -> dict[str, float]:
    from tests.factories.accounts import staff
    from wenxi_portal.accounts.services.roles import sync_roles
    from wenxi_portal.spreadsheets.services import applying, reading, uploads

    sync_roles()
    actor, content = staff(), workbook(rows)
    began = time.perf_counter()
    run = uploads.start_import(sheet="organisations.organisation", content=content, file_name="b.xlsx", actor=actor)
    reading.read_import(run.pk)
    read = time.perf_counter()
    run.refresh_from_db()
    assert run.counts == {"new": rows}, (run.counts, run.message)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    uploads.confirm_import(run=run, actor=actor)
    applying.apply_import(run.pk)
    ended = time.perf_counter()
    run.refresh_from_db()
    assert run.outcomes == {"entered": rows}, (run.outcomes, run.message)
    return {"read": read - began, "write": ended - read, "seconds": ended - began, "megabytes_read": megabytes}


def _theirs(rows: int, *, bulk: bool) -> dict[str, float]:
    import tablib
    from import_export import resources

    from wenxi_portal.organisations.models import Organisation

    class OrganisationResource(resources.ModelResource):
        """As its documentation shows it; rows are found by name."""

        class Meta:
            model = Organisation
            import_id_fields = ("name",)
            fields = ("name", "kind", "host_kind", "province", "city", "address", "name_note")
            use_bulk = bulk

    content = workbook(rows)
    began = time.perf_counter()
    result = OrganisationResource().import_data(tablib.Dataset().load(content, format="xlsx"), raise_errors=True)
    ended = time.perf_counter()
    assert result.totals["new"] == rows, result.totals
    return {"seconds": ended - began}


def main(side: str) -> None:
    """Run one side and print what it took."""
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE organisations_organisation, organisations_organisationevent CASCADE")
    rows = int(os.environ.get("BENCH_ROWS", OURS_ROWS if side == "ours" else THEIRS_ROWS))
    told = _ours(rows) if side == "ours" else _theirs(rows, bulk=side == "bulk")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**told, "rows": rows, "a_row": told["seconds"] / rows, "megabytes": megabytes}))


if __name__ == "__main__":
    main(sys.argv[1])
