"""Importing people, everything included, against django-import-export with its defaults.

Same file, model, database and machine. Ours: reading, checks of every number, sealing, look-up by document, possible
duplicates, staging, preview, and the confirmed write with history, state change and search index. Theirs: a
``ModelResource`` of ``Person`` found by the keyed index of the document, as it is used: a trial run for the preview,
then the import; nothing staged, nobody looked for, no search index. Both figures are printed, and so is theirs without
the trial run. ``python -m tests.bench.sheets SIDE`` runs one side in a process of its own: its memory is its own.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from tests.bench.results import Result

OURS_ROWS, THEIRS_ROWS = 100_000, 3_000
# Twenty times its default flow in the admin, a trial run for the preview and then the import: ours previews too. Ten
# times its import alone, which shows nobody anything first.
SPEED_BOUND, ALONE_BOUND, BULK_BOUND, MEMORY_BOUND = 1 / 20, 1 / 10, 1.0, 300.0
SIDES = ("ours", "theirs", "bulk", "floor")
HEADER = ("姓名", "身份证号", "手机号", "邮箱", "籍贯乡镇", "归口单位", "信息来源", "同意日期", "同意用途")
UNIT = "示例牵头单位"


def measure(url: str) -> list[Result]:
    """Measure on an empty register in the database at ``url``; ratios are seconds a row, ours over theirs."""
    told = {side: _run(url, side) for side in SIDES}
    ours, theirs, bulk, floor = (told[side] for side in SIDES)
    print(json.dumps(told, indent=1), flush=True)
    print(f"import: {theirs['a_row'] / ours['a_row']:.1f} x django-import-export with its trial run, "
          f"{theirs['import_only'] / ours['a_row']:.1f} x without; "
          f"{bulk['a_row'] / ours['a_row']:.1f} x and {bulk['import_only'] / ours['a_row']:.1f} x in bulk mode; "
          f"{ours['a_row'] / floor['a_row']:.1f} times python-calamine and COPY", flush=True)  # fmt: skip
    return [
        Result("import, seconds a row", ours["a_row"] / theirs["a_row"], SPEED_BOUND, OURS_ROWS,
               "django-import-export, defaults, preview and import, 3,000 rows"),
        Result("import, seconds a row", ours["a_row"] / theirs["import_only"], ALONE_BOUND, OURS_ROWS,
               "django-import-export, defaults, import without preview, 3,000 rows"),
        Result("import, seconds a row", ours["a_row"] / bulk["import_only"], BULK_BOUND, OURS_ROWS,
               "django-import-export, bulk mode, import without preview, 3,000 rows"),
        Result("import of 100,000 rows, megabytes at the peak", ours["megabytes"], MEMORY_BOUND, 1, "the process"),
    ]  # fmt: skip


def workbook(rows: int) -> bytes:
    """Return a register of ``rows`` invented people as .xlsx, with names as frequent as names are."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        for at in range(rows):
            page.write_row(at + 1, 0, [
                _name(at), _number(at), f"199{at:08}", f"p{at}@example.org", f"示例{at % 13}镇", UNIT, "示例名册",
                "2026-01-01", "人才服务联系",
            ])  # fmt: skip
    return stream.getvalue()


def _name(at: int) -> str:
    signs = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    surnames, many = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", len(signs)
    return surnames[at % 20] + signs[at // 20 % many] + signs[at // 20 // many % many]


def _number(at: int) -> str:
    from stdnum.cn import ric

    born = date(1960, 1, 1) + timedelta(days=at % 16_000)
    body = f"999999{born:%Y%m%d}{at // 16_000 + 101:03}0"
    return body[:-1] + ric.calc_check_digit(body)


def _run(url: str, side: str) -> dict[str, float]:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.sheet_settings"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.sheets", side]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _ours(rows: int) -> dict[str, float]:
    from tests.factories.accounts import staff
    from wenxi_portal.accounts.services.roles import sync_roles
    from wenxi_portal.spreadsheets.registry import sheet_of
    from wenxi_portal.spreadsheets.selectors import rows_of, shown_rows
    from wenxi_portal.spreadsheets.services import applying, reading, uploads

    sync_roles()
    actor, content = staff(), workbook(rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    run = uploads.start_import(sheet="talent.person", content=content, file_name="b.xlsx", actor=actor)
    reading.read_import(run.pk)
    run.refresh_from_db()
    assert run.counts == {"new": rows}, (run.counts, run.message, run.rows.exclude(kind="new").values("problems")[:2])
    shown_rows(rows_of(run, "")[:50], sheet_of(run.sheet))
    read = time.perf_counter()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    uploads.confirm_import(run=run, actor=actor)
    applying.apply_import(run.pk)
    ended = time.perf_counter()
    run.refresh_from_db()
    assert run.outcomes == {"entered": rows}, (run.outcomes, run.message)
    return {"read": read - began, "write": ended - read, "seconds": ended - began, "megabytes_before": before,
            "megabytes_read": megabytes}  # fmt: skip


def _theirs(rows: int, *, bulk: bool) -> dict[str, float]:
    import tablib
    from import_export import fields, resources, widgets

    from talent.documents import read_document
    from talent.models import Person
    from talent.querysets import id_index, mobile_index
    from wenxi_portal.organisations.models import Organisation

    class PersonResource(resources.ModelResource):
        """As its documentation shows it: columns named, the unit by its name, the person by the keyed index."""

        name = fields.Field("name", "姓名")
        email = fields.Field("email", "邮箱")
        native_township = fields.Field("native_township", "籍贯乡镇")
        owner_unit = fields.Field("owner_unit", "归口单位", widgets.ForeignKeyWidget(Organisation, "name"))
        source = fields.Field("source", "信息来源")
        consent_on = fields.Field("consent_on", "同意日期", widgets.DateWidget())
        consent_purpose = fields.Field("consent_purpose", "同意用途")
        mobile = fields.Field("mobile", "手机号")

        class Meta:
            model = Person
            import_id_fields = ("id_index",)
            fields = ("name", "document_kind", "id_number", "id_index", "birth_date", "sex", "mobile", "mobile_index",
                      "email", "native_township", "owner_unit", "source", "consent_on", "consent_purpose")  # fmt: skip
            use_bulk = bulk

        def before_import(self, dataset, **kwargs):
            found = [read_document("resident_id", number, typed=False) for number in dataset["身份证号"]]
            columns = {
                "document_kind": [one.kind.value for one in found],
                "id_number": [one.number for one in found],
                "birth_date": [one.birth_date.isoformat() for one in found],
                "sex": [one.sex.value for one in found],
                "id_index": [id_index(one.number) for one in found],
                "mobile_index": [mobile_index(number) for number in dataset["手机号"]],
            }
            for name, values in columns.items():
                dataset.append_col(values, header=name)

    content = workbook(rows)
    taken = []
    for trial in (True, False):
        began = time.perf_counter()
        data = tablib.Dataset().load(content, format="xlsx")
        result = PersonResource().import_data(data, dry_run=trial, raise_errors=True)
        taken.append(time.perf_counter() - began)
        assert result.totals["new"] == rows, result.totals
    assert Person.objects.filter(id_index=id_index(_number(0))).get().mobile == "19900000000"
    return {"trial": taken[0], "import": taken[1], "import_only": taken[1] / rows, "seconds": sum(taken)}


def _floor(rows: int) -> dict[str, float]:
    """The bound to approach: python-calamine reads, COPY writes plain texts into a table without indexes."""
    from django.db import connection
    from python_calamine import CalamineWorkbook

    from wenxi_portal.core.bulk import copy_rows

    content = workbook(rows)
    columns = [f"c{at}" for at in range(len(HEADER))]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE floor ({', '.join(f'{name} text' for name in columns)})")
    began = time.perf_counter()
    page = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert copy_rows("floor", columns, page.iter_rows()) == rows + 1
    return {"seconds": time.perf_counter() - began}


def main(side: str) -> None:
    """Run one side and print what it took."""
    import django

    django.setup()
    from django.db import connection

    from wenxi_portal.organisations.models import Organisation
    from wenxi_portal.organisations.services.organisation import save_organisation

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_user, talent_person, talent_personevent, spreadsheets_importrun CASCADE")
    if not Organisation.objects.filter(name=UNIT).exists():
        save_organisation(organisation=Organisation(kind="lead_unit", name=UNIT))
    rows = int(os.environ.get("BENCH_ROWS", THEIRS_ROWS if side in {"theirs", "bulk"} else OURS_ROWS))
    told = (
        {"ours": _ours, "floor": _floor}[side](rows)
        if side in {"ours", "floor"}
        else _theirs(rows, bulk=side == "bulk")
    )
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**told, "rows": rows, "a_row": told["seconds"] / rows, "megabytes": megabytes}))


if __name__ == "__main__":
    main(sys.argv[1])
