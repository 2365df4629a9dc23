"""Submitting an application: against a bare view, and a thousand a minute by fifty students at once."""

import threading
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

from tests.bench.results import Result
from tests.bench.web import Client, medians

AGAINST_BARE_BOUND = 60.0
# What is promised: 1,000 applications a minute from 50 people at once, none lost, 95 of 100 within 400 ms.
A_MINUTE, PEOPLE, SECONDS, P95_SECONDS = 1000, 50, 60.0, 0.4
TIMES = 40
SINGLE = TIMES + 5
NEEDED = SINGLE + A_MINUTE

Entry = tuple[str, str, str, int]


def measure(client: Client, entries: list[Entry], *, seconds: float = SECONDS) -> list[Result]:
    """Measure on a portal where each of ``entries`` (session, token, cookie name, position) may apply once."""
    single, many = entries[:SINGLE], entries[SINGLE:]
    one_by_one = iter(single)
    bare_path = f"/bench/bare/{400}/"
    bare, submitted = medians(TIMES, lambda: client.seconds(bare_path), lambda: _timed(client.port, next(one_by_one)))
    times, errors = _load(client.port, many, seconds)
    wanted = int(A_MINUTE * seconds / 60)
    slowest = sorted(times)[int(len(times) * 0.95) - 1] if times else P95_SECONDS * 100
    against = f"of {wanted} within {seconds:.0f} s by {PEOPLE} people at once"
    return [
        Result("application submitted", submitted / bare, AGAINST_BARE_BOUND, TIMES, "bare Django view, same server"),
        Result("submit under load: 95 of 100 took (s)", slowest, P95_SECONDS, len(times), against),
        Result("submit under load: errors", float(errors), 0.0, len(times) + errors, against),
        Result("submit under load: left undone", float(wanted - len(times)), 0.0, wanted, against),
    ]


def _load(port: int, entries: list[Entry], seconds: float) -> tuple[list[float], int]:
    """Let PEOPLE submit in turn, evenly spread over the time; return how long each took, and how many failed."""
    wanted = int(A_MINUTE * seconds / 60)
    shares = [entries[:wanted][number::PEOPLE] for number in range(PEOPLE)]
    times: list[float] = []
    errors: list[str] = []
    pause = PEOPLE * 60 / A_MINUTE
    start = time.perf_counter() + 1

    def person(number: int) -> None:
        for turn, entry in enumerate(shares[number]):
            due = start + number * pause / PEOPLE + turn * pause
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                # From the moment it was due: whoever has to queue has waited.
                _submit(port, entry)
                times.append(time.perf_counter() - due)
            except (AssertionError, OSError) as error:
                errors.append(str(error))

    people = [threading.Thread(target=person, args=[number]) for number in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return times, len(errors)


def _timed(port: int, entry: Entry) -> float:
    start = time.perf_counter()
    _submit(port, entry)
    return time.perf_counter() - start


def _submit(port: int, entry: Entry) -> None:
    """Send the form as a browser does; raise ``AssertionError`` unless it leads to the application's page."""
    session, token, cookie, position = entry
    body = urlencode({
        "csrfmiddlewaretoken": token, "letter": "想把学到的用在家乡。", "revision": "0", "action": "submit",
    })  # fmt: skip
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{cookie}={session}; portal_csrf={token}",
    }
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", f"/accounts/me/internships/apply/{position}/", body, headers)
        response = connection.getresponse()
        response.read()
        place = response.getheader("Location", "")
        assert response.status == 302, response.status
        assert "/applications/" in place, place
    finally:
        connection.close()
