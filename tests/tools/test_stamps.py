"""A step is taken again when its inputs changed, and only then."""

from pathlib import Path

import pytest

from tools.bootstrap import node, stamps
from tools.launch import listening
from tools.launch.failures import LaunchError


def test_a_stamp_holds_until_a_file_changes_moves_or_is_added(tmp_path: Path):
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "one").write_text("1")
    first = stamps.digest([folder])
    stamps.put(tmp_path / "stamp", first)
    assert stamps.holds(tmp_path / "stamp", stamps.digest([folder]))

    (folder / "one").write_text("2")
    second = stamps.digest([folder])
    (folder / "one").rename(folder / "two")
    third = stamps.digest([folder])
    assert len({first, second, third}) == 3


@pytest.mark.parametrize(
    ("version", "usable"),
    [
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
    ],
)
def test_only_a_node_that_vite_supports_is_used(tmp_path: Path, version: str, usable: bool):
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    assert node._is_usable(tmp_path) is usable


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "8000x", "８０００"])
def test_a_port_that_is_none_is_refused(value: str):
    with pytest.raises(LaunchError, match="PORT is"):
        listening.read_port(value)


def test_a_taken_port_is_told_in_one_sentence():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=f"Port {port} is taken"):
            listening.choose_host(port)
