"""Requests that no honest browser sends are answered in words, by the real server, and never with 500."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from tests.bench.web import serving
from tests.servers import scratch_database_url

TWO_GIGABYTES = 2 * 1024**3

# What holds no letter, digit or character to look for.
SIGNS = ["*", "%22", "%27", "%5C", ":", "%26", "!", "(", "%25", "_", "%E2%80%9C%E2%80%9D", "%F0%9F%98%80", "%E2%80%8B"]

BAD = [
    ("/bases/?kind=abc&year=zz&state=gone&university=-1&lead=x", {200, 400}),
    ("/bases/?page=99999", {200, 404}),
    ("/bases/?page=-1", {200, 404}),
    ("/bases/?page=%F0%9F%98%80", {200, 404}),
    ("/bases/?page=9999999999999999999999999999", {200, 404}),
    ("/bases/?kind=99999999999999999999999", {200, 400}),
    ("/bases/?university=99999999999999999999999", {200, 400}),
    ("/bases/?q=%ff%fe", {400}),
    ("/bases/?q=%00", {400}),
    ("/bases/%00/", {400, 404}),
    ("/bases/?q=" + "a" * 7000, {200, 400}),
    ("/bases/?q=" + "%E5%AD%97" * 5_000, {413}),
    ("/bases/?sort=%27%3B--", {200, 400}),
    ("/bases/?q=%27%20OR%201%3D1--", {200}),
    *((f"/{room}/?q={sign}", {200}) for room in ("bases", "universities") for sign in SIGNS),
    *((f"/bases/download.{kind}?q={sign}", {200, 404}) for kind in ("csv", "json") for sign in SIGNS[:3]),
    ("/bases/0/", {404}),
    ("/bases/99999999999999999999/", {404}),
    ("/bases/-1/", {404}),
    ("/bases/abc/", {404}),
    ("/bases/papers/not-a-uuid/", {404}),
    ("/bases/papers/00000000-0000-0000-0000-000000000000/", {404}),
    ("/universities/99999999999999999999/", {404}),
    ("/universities/?province=%3Cscript%3E", {200, 400}),
    ("/universities/?page=99999", {200, 404}),
    ("/internships/?sector=x&level=1&field=99&start=2027-99&holiday=x&host=-1&lodging=y&closed=z", {200}),
    ("/internships/?host=99999999999999999999999&page=-1", {200}),
    ("/internships/?start=2027-00&holiday=9999-summer&place=%00", {400}),
    ("/internships/?q=%ff%fe", {400}),
    ("/internships/?sort=%27%3B--&page=%F0%9F%98%80", {200}),
    *((f"/internships/?q={sign}", {200}) for sign in SIGNS[:6]),
    *((f"/internships/data.{kind}?q=%27&closed=too", {200}) for kind in ("csv", "json")),
    ("/internships/data.exe", {404}),
    ("/internships/0/", {404}),
    ("/internships/99999999999999999999/", {404}),
    ("/internships/99999999999999999999/calendar.ics", {404}),
    ("/internships/1/card.png", {404}),
    ("/internships/abc/card.png", {404}),
    ("/guides/no-such-guide/", {404}),
    ("/language/?lang=xx&next=//evil.example/", {302, 400}),
    ("/display/?display=huge&next=https://evil.example/", {302, 400}),
    ("/?lang=xx", {200}),
    ("/bases/?lang=en%0d%0aSet-Cookie:x=1", {200, 400}),
    ("//evil.example/", {200, 404}),
]


@pytest.fixture
def server(live_server, transactional_db):
    call_command("load_wenxi", verbosity=0)
    return urlsplit(live_server.url)


def ask(server, method, path, headers=None, body=None):
    connection = HTTPConnection(server.hostname, server.port, timeout=20)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_bad_addresses(server):
    wrong = []
    for path, allowed in BAD:
        status, headers, body = ask(server, "GET", path)
        if status not in allowed or b"Traceback" in body:
            wrong.append((path[:60], status))
        assert "evil.example" not in headers.get("Location", ""), path
    assert wrong == []


def test_an_upload_of_two_gigabytes_is_refused_unread(transactional_db):
    """On the web server that the county runs: a test server would read the body to its end."""
    with serving(scratch_database_url()) as client:
        connection = client.connection
        connection.putrequest("POST", "/accounts/login/")
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(TWO_GIGABYTES))
        connection.endheaders()
        connection.send(b"--x\r\n")
        response = connection.getresponse()
        assert response.status == 413
        assert "太大" in response.read().decode()


def test_a_keyword_of_ten_megabytes_is_refused(server):
    body = b"q=" + b"a" * (10 * 1024 * 1024)
    status, _headers, answer = ask(
        server, "POST", "/accounts/login/", {"Content-Type": "application/x-www-form-urlencoded"}, body
    )
    assert status in {400, 403, 413}
    assert b"Traceback" not in answer


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "٣"])
def test_a_nonsense_length_does_not_break_anything(client, db, length):
    assert client.get("/", CONTENT_LENGTH=length).status_code in {200, 400}


def test_public_pages_are_only_read(live_server, transactional_db):
    server = urlsplit(live_server.url)
    answers = {
        (method, path): ask(server, method, path)[0]
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")
        for path in ("/", "/bases/", "/bases/kinds/", "/universities/", "/internships/")
    }
    assert {asked: status for asked, status in answers.items() if status not in {403, 405}} == {}
