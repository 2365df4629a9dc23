"""The demonstration, which asks for no password, answers the machine it runs on and nobody else."""

from typing import Any

import pytest

from wenxi_portal import local_wsgi


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_local(address: str):
    assert local_wsgi.is_local(address)


@pytest.mark.parametrize("address", ["192.168.1.5", "::ffff:192.168.1.5", "2001:db8::1", "", "localhost"])
def test_others_are_not(address: str):
    assert not local_wsgi.is_local(address)


def test_a_stranger_is_told_why():
    answers: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]]) -> Any:
        answers.append(status)

    body = b"".join(local_wsgi.application({"REMOTE_ADDR": "192.168.1.5"}, start_response))
    assert answers == ["403 Forbidden"]
    assert b"PORTAL_OPEN_TO_NETWORK" in body
