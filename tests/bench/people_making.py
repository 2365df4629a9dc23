"""Fictitious people by the hundred thousand: words are made findable in Python once, rows are put together by SQL.

Every name, place and field is turned into lexemes by the portal's own code and kept in a table of words; a person is
one pick from each table, the search vector the union of theirs. The same number gives the same rows. Needs Django set up.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from typing import Any

from django.db import connection, models
from django.utils import timezone

from talent.models import (
    Contact,
    DatabaseMembership,
    Education,
    Employment,
    FieldTag,
    Introduction,
    Person,
    PersonField,
)
from wenxi_portal.accounts.models import User
from wenxi_portal.core import person_names, search_text
from wenxi_portal.organisations.models import Membership, Organisation

# Frequent surnames stand several times: one in twenty people is called 李, as in life.
SURNAMES = [
    *("李王张刘陈" * 10), *("杨赵黄周吴徐孙" * 5), *("裴卫薛胡朱高林何郭马" * 3),
    *"解仇单查区曾盖乐翟郝罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆孔白",
    "欧阳", "司马", "尉迟", "上官", "诸葛", "皇甫",
]  # fmt: skip
SIGNS = "伟芳秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉建国文志海燕晓春"
TOWNSHIPS = ["".join(pair) for pair in product("东西南北中", ("示例镇", "示例乡", "示例街道"))]
CITIES = [
    "北京",
    "上海",
    "武汉",
    "西安",
    "太原",
    "深圳",
    "广州",
    "成都",
    "杭州",
    "南京",
    "重庆",
    "天津",
    "长沙",
    "合肥",
    "郑州",
    "济南",
    "青岛",
    "大连",
    "沈阳",
    "昆明",
]
SCHOOLS = [
    "大学",
    "理工大学",
    "师范大学",
    "医科大学",
    "农业大学",
    "财经大学",
    "科技大学",
    "交通大学",
    "工业大学",
    "职业学院",
]
FIELDS = [
    "遥感",
    "镁合金",
    "人工智能",
    "中医药",
    "农业机械",
    "新材料",
    "财税",
    "临床医学",
    "教育",
    "法律",
    "建筑",
    "桥梁",
    "芯片",
    "航天",
    "育种",
    "水利",
    "化工",
    "物流",
]
MAJORS = [
    "测绘工程",
    "材料科学",
    "计算机",
    "中药学",
    "农学",
    "会计学",
    "土木工程",
    "法学",
    "护理学",
    "电气工程",
    "遥感科学与技术",
    "机械制造",
]
POSTS = ["工程师", "教授", "研究员", "医师", "经理", "律师", "会计师", "教师", "厂长", "博士生"]
TRADES = [
    "铸造",
    "软件",
    "医药",
    "种业",
    "建设",
    "物流",
    "能源",
    "装备",
    "食品",
    "测绘",
    "电子",
    "环保",
    "纺织",
    "航空",
    "教育",
    "金融",
    "水务",
    "矿业",
    "轨道",
    "化工",
]
LEAD_UNITS, OFFICERS, EMPLOYERS_A_CITY = 8, 40, 40

# Numbers without a pattern, and the same every time: a multiplication that reaches every remainder.
_PICK = "((n * {factor}::bigint + {factor}) / 7 %% {size})::int"

_PEOPLE = f"""
FROM generate_series(1, %(count)s::bigint) n
JOIN word_name w ON w.at = {_PICK.format(factor=104_729, size="%(names)s")}
JOIN word p_school ON p_school.kind = 'school' AND p_school.at = {_PICK.format(factor=15_485_863, size="%(schools)s")}
JOIN word p_host ON p_host.kind = 'host' AND p_host.at = {_PICK.format(factor=32_452_843, size="%(hosts)s")}
JOIN word p_field ON p_field.kind = 'field' AND p_field.at = {_PICK.format(factor=49_979_687, size="%(fields)s")}
JOIN word p_home ON p_home.kind = 'home' AND p_home.at = {_PICK.format(factor=67_867_967, size="%(homes)s")}
JOIN word p_major ON p_major.kind = 'major' AND p_major.at = {_PICK.format(factor=86_028_121, size="%(majors)s")}
JOIN word p_post ON p_post.kind = 'post' AND p_post.at = {_PICK.format(factor=122_949_823, size="%(posts)s")}
"""

# What is taken away, and how it is put back. Keys stay: they name no index of their own.
_TAKEN_AWAY = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid::regclass::text = ANY(%(tables)s) AND contype IN ('f', 'x')
UNION ALL
SELECT format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
WHERE tablename = ANY(%(tables)s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
UNION ALL
SELECT format('ALTER TABLE %%I DISABLE TRIGGER USER', name), format('ALTER TABLE %%I ENABLE TRIGGER USER', name)
FROM unnest(%(tables)s::text[]) name
"""


def make(count: int) -> None:
    """Fill an empty database with ``count`` people: a study, work, a field and a database each; contacts for a third."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET work_mem = '64MB'; SET maintenance_work_mem = '512MB'")
        sizes = _write_words(cursor)
        with _bare(cursor, [model._meta.db_table for model, _values, _source in _rows()]):
            for model, values, source in _rows():
                _insert(cursor, model, values, source, {**sizes, "count": count})
        cursor.execute("DROP TABLE word_name, word")
        for table in ("talent_person", "organisations_organisation", "accounts_user"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
        cursor.execute("VACUUM ANALYZE")


def _rows() -> Iterator[tuple[type[models.Model], dict[str, str], str]]:
    """Yield what is written: the model, the SQL of its values, and where they come from."""
    person = "FROM generate_series(1, %(count)s::bigint) n"
    school = _PICK.format(factor=15_485_863, size="%(schools)s")
    host = _PICK.format(factor=32_452_843, size="%(hosts)s")
    field = _PICK.format(factor=49_979_687, size="%(fields)s")
    today = "%(today)s::date"
    yield (
        Person,
        {
            "id": "n",
            "name": "w.name",
            "sort_key": "w.sort_key",
            "sex": "(1 + n %% 2)::text",
            "birth_date": "date '1960-01-01' + (n * 7919 %% 16000)::int",
            "no_id_reason": "'bench'",
            # Every thousandth shares the number of the one before.
            # Sealed values are shared: what is read back from the database costs the same.
            "mobile": "(%(sealed)s::text[])[1 + n %% 100]",
            "mobile_index": "encode(sha256((n - (n %% 1000 = 0)::int)::text::bytea), 'hex')",
            "native_township": "p_home.name",
            "owner_unit_id": f"1 + {_PICK.format(factor=1_299_709, size=LEAD_UNITS)}",
            "last_contacted_on": f"CASE WHEN n %% 3 = 0 THEN {today} - (n %% 1200)::int END",
            "last_checked_on": f"CASE WHEN n %% 5 = 0 THEN {today} - (n %% 900)::int END",
            "search_vector": "w.vector || p_school.vector || p_host.vector || p_field.vector || p_home.vector"
            " || p_major.vector || p_post.vector",
            "indexed_at": "now()",
        },
        _PEOPLE,
    )
    yield (
        Education,
        {
            "person_id": "n",
            "university_id": f"1001 + {school}",
            "level": "(array['bachelor','master','doctor','junior_college'])[1 + n %% 4]",
            "major": "p_major.name",
            "started_on": "date '1990-09-01' + (n %% 12000)::int",
            "ended_on": "date '1990-09-01' + (n %% 12000)::int + 1400",
        },
        person
        + " JOIN word p_major ON p_major.kind = 'major' AND p_major.at = "
        + _PICK.format(factor=86_028_121, size="%(majors)s"),
    )
    yield (
        Employment,
        {
            "person_id": "n",
            "employer_id": f"10001 + {host}",
            "post": "p_post.name",
            "started_on": "date '2005-07-01' + (n %% 7000)::int",
        },
        person
        + " JOIN word p_post ON p_post.kind = 'post' AND p_post.at = "
        + _PICK.format(factor=122_949_823, size="%(posts)s"),
    )
    yield PersonField, {"person_id": "n", "tag_id": f"1 + {field}"}, person
    yield (
        DatabaseMembership,
        {
            "person_id": "n",
            "database": "(array['students','alumni','outstanding'])[1 + n %% 3]",
            "since": "date '2021-01-01'",
            "reason": "'bench'",
        },
        person,
    )
    yield (
        Contact,
        {
            "person_id": "n",
            "kind": "'call'",
            '"on"': f"{today} - (n %% 1200)::int",
            "summary": "'bench'",
            "by_id": f"1 + n %% {OFFICERS}",
            "next_step": "CASE WHEN n %% 6 = 0 THEN 'bench' ELSE '' END",
            "next_due": f"CASE WHEN n %% 6 = 0 THEN {today} + (n %% 500)::int - 20 END",
            "next_owner_id": f"CASE WHEN n %% 6 = 0 THEN 1 + n %% {OFFICERS} END",
            "no_step_reason": "CASE WHEN n %% 6 = 0 THEN '' ELSE 'bench' END",
            "step_state": "CASE WHEN n %% 6 = 0 THEN 'open' ELSE 'none' END",
        },
        f"{person} WHERE n %% 3 = 0",
    )
    yield (
        Introduction,
        {"introducer_id": "n", "introduced_id": "1 + (n + 17) %% %(count)s"},
        f"{person} WHERE n %% 5 = 0",
    )


def _write_words(cursor: Any) -> dict[str, Any]:
    """Write the tables of words and the organisations, fields and officers they name; return how many there are."""
    cursor.execute("CREATE UNLOGGED TABLE word_name (at int PRIMARY KEY, name text, sort_key text, vector tsvector)")
    cursor.execute("CREATE UNLOGGED TABLE word (kind text, at int, name text, vector tsvector, PRIMARY KEY (kind, at))")
    given = [*SIGNS, *("".join(pair) for pair in product(SIGNS, repeat=2))]
    names = [surname + signs for signs in given for surname in SURNAMES]
    schools = [city + school for city in CITIES for school in SCHOOLS]
    hosts = [f"{city}示例{trade}{'一二'[place]}厂" for city in CITIES for trade in TRADES for place in range(2)]
    words = {"school": schools, "host": hosts, "field": FIELDS, "home": TOWNSHIPS, "major": MAJORS, "post": POSTS}
    with cursor.copy("COPY word_name FROM STDIN") as copy:
        for at, name in enumerate(names):
            copy.write_row((at, name, person_names.sort_key(name), _literal(person_names.lexemes([name]))))
    with cursor.copy("COPY word FROM STDIN") as copy:
        for kind, values in words.items():
            plain = kind in {"major", "post"}
            for at, value in enumerate(values):
                copy.write_row((kind, at, value, _vector([], [value]) if plain else _vector([value])))
    cursor.execute("ANALYZE word_name; ANALYZE word")
    _write_places(schools, hosts)
    return {
        "names": len(names),
        "today": timezone.localdate(),
        "sealed": _sealed_numbers(),
        **{f"{kind}s": len(values) for kind, values in words.items()},
    }


def _write_places(schools: list[str], hosts: list[str]) -> None:
    units = [f"示例牵头单位{number}" for number in range(LEAD_UNITS)]
    for kind, first, values in (("lead_unit", 1, units), ("university", 1001, schools), ("host", 10_001, hosts)):
        Organisation.objects.bulk_create(
            Organisation(
                id=first + at,
                kind=kind,
                name=name,
                sort_key=search_text.sort_key(name),
                search_vector=search_text.vector(search_text.lexemes([name])),
            )
            for at, name in enumerate(values)
        )
    FieldTag.objects.bulk_create(FieldTag(id=1 + at, name=name) for at, name in enumerate(FIELDS))
    User.objects.bulk_create(
        User(id=1 + at, email=f"bench{at}@example.invalid", name=f"示例经办人{at}", is_staff=True)
        for at in range(OFFICERS)
    )
    Membership.objects.bulk_create(
        Membership(user_id=1 + at, organisation_id=1 + at % LEAD_UNITS, since=date(2020, 1, 1))
        for at in range(OFFICERS)
    )


def _sealed_numbers() -> list[str]:
    field: Any = Person._meta.get_field("mobile")
    return [field.get_db_prep_save(f"19999{number:06}", connection) for number in range(100)]


def _vector(names: Iterable[str], texts: Iterable[str] = ()) -> str:
    return _literal(search_text.lexemes(names, texts))


def _literal(lexemes: Iterable[str]) -> str:
    return search_text.vector_literal(sorted(lexemes))


@contextmanager
def _bare(cursor: Any, tables: list[str]) -> Iterator[None]:
    """Take indexes, foreign keys and triggers of the tables away, and put them back afterwards: rows go in faster."""
    cursor.execute(_TAKEN_AWAY, {"tables": tables})
    taken = cursor.fetchall()
    for away, _back in taken:
        cursor.execute(away)
    yield
    for _away, back in taken:
        cursor.execute(back)


def _insert(
    cursor: Any, model: type[models.Model], values: dict[str, str], source: str, params: dict[str, Any]
) -> None:
    """Insert rows in one statement; columns not given get the default of their field."""
    given = {name.strip('"') for name in values}
    others = {
        f'"{field.column}"': _default(field)
        for field in model._meta.local_concrete_fields
        if field.column not in given and not field.primary_key and not field.null
    }
    columns = values | others
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} {source}",
        params,
    )


def _default(field: Any) -> str:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return "now()"
    value = field.get_default()
    if value is None or value == "":
        return "''"
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, list):
        return "'{}'"
    return f"'{value}'"
