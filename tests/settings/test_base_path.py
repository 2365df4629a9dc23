"""The portal lives under a sub-path, whether the proxy cuts it off or hands it on."""

import os
import subprocess
import sys

import pytest

from tests.servers import scratch_database_url
from wenxi_portal.base_path import under_base_path

PROBE = """
from wenxi_portal.wsgi import application
import io, sys

def get(path):
    seen = {}
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "QUERY_STRING": "",
    }
    body = b"".join(application(environ, lambda status, headers, exc=None: seen.update(status=status)))
    return seen["status"], body.decode()

for path in sys.argv[1:]:
    status, body = get(path)
    links = {part.split('"')[0] for part in body.split('href="/')[1:]}
    outside = [link for link in links if not link.startswith("talent/")]
    print(status.split()[0], len(links), outside)
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/talent/bases/", "/bases/"), ("/bases/", "/bases/"), ("/talent", "/"), ("/talented/", "/talented/")],
)
def test_the_sub_path_is_cut_off_once(path, expected):
    seen = {}
    app = under_base_path(lambda environ, _start: seen.update(environ) or [b""], "/talent")
    app({"PATH_INFO": path}, lambda *_args: None)
    assert (seen["PATH_INFO"], seen["SCRIPT_NAME"]) == (expected, "/talent")


@pytest.mark.django_db
def test_no_link_of_a_page_leads_out_of_the_sub_path(transactional_db):
    environment = os.environ | {
        "PORTAL_BASE_PATH": "talent",
        "DJANGO_SETTINGS_MODULE": "wenxi_portal.settings.test",
        "DATABASE_URL": scratch_database_url(),
    }
    probe = subprocess.run(
        [sys.executable, "-c", PROBE, "/talent/", "/bases/", "/talent/accounts/login/", "/talent/nowhere/"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [line.split(maxsplit=2) for line in probe.stdout.splitlines()]
    assert [answer[0] for answer in answers] == ["200", "200", "200", "404"]
    assert all(int(answer[1]) > 3 for answer in answers)
    assert [answer[2] for answer in answers] == ["[]"] * 4
