"""Public pages against a bare view of the same size, built and kept, and a long list against a short one."""

from collections.abc import Callable

import psycopg

from tests.bench.results import Result
from tests.bench.web import Client, medians

BUILT_BOUND, KEPT_BOUND, GROWTH_BOUND = 25.0, 3.0, 1.2
# The first view of each choice of filters after a base changed counts all bases anew.
RECOUNT_BOUND = 2.0
# Which positions are open depends on the day, on bases and on hosts, so the soonest deadlines are looked for anew.
POSITIONS_BOUND = 2.0
TIMES = 120


def measure(small: Client, large: Client, small_url: str, large_url: str) -> list[Result]:
    """Measure on a portal with 30 bases (``small``) and one with 3,000 (``large``)."""
    with (
        psycopg.connect(large_url, autocommit=True) as large_db,
        psycopg.connect(small_url, autocommit=True) as small_db,
    ):
        changed_large, changed_small = _change(large_db), _change(small_db)
        base = _first_base(large_db)
        results = [
            *_against_bare(large, changed_large, "home", "/"),
            *_against_bare(large, changed_large, "base list", "/bases/"),
            *_against_bare(large, changed_large, "base list, filtered", "/bases/?kind=1&year=2021"),
            *_against_bare(large, changed_large, "base page", f"/bases/{base}/"),
            *_against_bare(large, changed_large, "twelve kinds", "/bases/kinds/"),
            *_against_bare(large, changed_large, "universities", "/universities/"),
            *_against_bare(large, changed_large, "about", "/about/"),
            *_against_bare(large, changed_large, "position list", "/internships/"),
            *_against_bare(large, changed_large, "position list, filtered", "/internships/?level=master&lodging=true"),
            *_against_bare(large, changed_large, "position page", f"/internships/{_first_position(large_db)}/"),
        ]
        elsewhere = _growth(small, large, changed_small, changed_large)
        recounted = _growth(small, large, _change_base(small_db), _change_base(large_db))
        positions = _growth(small, large, changed_small, changed_large, "/internships/")
    against = "the list over 30"
    return [
        *results,
        Result("base list over 3,000: a public record changed", elsewhere, GROWTH_BOUND, TIMES, against),
        Result("base list over 3,000: a base changed, recounted", recounted, RECOUNT_BOUND, TIMES, against),
        Result("position list over 3,000: a public record changed", positions, POSITIONS_BOUND, TIMES, against),
    ]


def _against_bare(client: Client, change: Callable[[], None], name: str, path: str) -> list[Result]:
    bare_path = f"/bench/bare/{client.size(path)}/"

    def built() -> float:
        change()
        return client.seconds(path)

    bare, fresh = medians(TIMES, lambda: client.seconds(bare_path), built)
    bare_again, kept = medians(TIMES, lambda: client.seconds(bare_path), lambda: client.seconds(path))
    against = "bare Django view of the same size, same server"
    return [
        Result(f"{name}: built after a change", fresh / bare, BUILT_BOUND, TIMES, against),
        Result(f"{name}: nothing changed", kept / bare_again, KEPT_BOUND, TIMES, against),
    ]


def _growth(
    small: Client,
    large: Client,
    change_small: Callable[[], None],
    change_large: Callable[[], None],
    path: str = "/bases/",
) -> float:
    def of_small() -> float:
        change_small()
        return small.seconds(path)

    def of_large() -> float:
        change_large()
        return large.seconds(path)

    few, many = medians(TIMES, of_small, of_large)
    return many / few


def _change(database: psycopg.Connection) -> Callable[[], None]:
    """Return a deed that changes a public record for real, so that every kept page is out of date."""

    def change() -> None:
        database.execute("UPDATE bases_announcedfigure SET as_of = as_of + 1 WHERE key = 'special_trainings'")

    return change


def _change_base(database: psycopg.Connection) -> Callable[[], None]:
    """Return a deed that changes a base itself, so that what was counted over the bases is out of date as well."""

    def change() -> None:
        database.execute("UPDATE bases_base SET revision = revision + 1 WHERE id = (SELECT min(id) FROM bases_base)")

    return change


def _first_base(database: psycopg.Connection) -> int:
    row = database.execute("SELECT min(id) FROM bases_base WHERE state = 'unveiled' AND is_demo").fetchone()
    assert row is not None
    return int(row[0])


def _first_position(database: psycopg.Connection) -> int:
    row = database.execute("SELECT min(id) FROM internships_position WHERE state = 'published'").fetchone()
    assert row is not None
    return int(row[0])
