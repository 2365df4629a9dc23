"""How an auditor's pack is put together, and how it is verified. Needs nothing but Python itself:

    python -m internships.subsidies.pack_format pack.zip [fingerprint]

A pack is a ZIP file with ``manifest.json``: every file with its size and SHA-256, chained in order, so that a file that
was changed, taken out, put in or moved breaks the chain. ``head`` is its last link. Who fears that somebody has written
the whole pack and manifest anew compares ``head`` with the fingerprint that the portal keeps. No code of the pack is
run.
"""

import hashlib
import json
import sys
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

MANIFEST, FORMAT = "manifest.json", "wenxi-auditor-pack-1"
MOST_UNPACKED = 2 * 1024**3
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes], about: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the pack of ``files`` (by path) and its fingerprint; ``about`` tells what it is about."""
    head, listed = _first_link(about), []
    for path in sorted(files):
        entry = {"path": path, "size": len(files[path]), "sha256": hashlib.sha256(files[path]).hexdigest()}
        head = _link(head, entry)
        listed.append({**entry, "link": head})
    manifest = {"format": FORMAT, "about": dict(about), "files": listed, "head": head}
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(ZipInfo(path, _FIRST_DAY), files[path], compress_type=ZIP_DEFLATED)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        archive.writestr(ZipInfo(MANIFEST, _FIRST_DAY), text, compress_type=ZIP_DEFLATED)
    return stream.getvalue(), head


def problems(content: bytes, head: str = "") -> list[str]:
    """Return what is wrong with a pack, in English sentences; nothing when it is as it was made.

    ``head`` is the fingerprint kept elsewhere; without one only the pack's own chain is looked at.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                return ["The pack would unpack to an absurd size."]
            names = archive.namelist()
            files = {name: archive.read(name) for name in set(names)}
        manifest = json.loads(files.pop(MANIFEST))
        return _compare(manifest, files, names, head)
    except KeyError as error:
        return [f"The pack has no {error.args[0]!s}."]
    except (BadZipFile, ValueError, TypeError, OSError, EOFError, RuntimeError, zlib.error) as error:
        return [f"The pack cannot be read: {type(error).__name__}."]


def head_of(content: bytes) -> str:
    """Return the fingerprint that a whole pack bears."""
    with ZipFile(BytesIO(content)) as archive:
        return str(json.loads(archive.read(MANIFEST))["head"])


def _compare(manifest: Mapping[str, Any], files: dict[str, bytes], names: list[str], head: str) -> list[str]:
    found = [f"{name} stands in the pack twice." for name in sorted({one for one in names if names.count(one) > 1})]
    if manifest["format"] != FORMAT:
        found.append("The manifest is of another format.")
    link = _first_link(manifest["about"])
    for entry in manifest["files"]:
        path = str(entry["path"])
        content = files.pop(path, None)
        if content is None:
            found.append(f"{path} is missing.")
        elif len(content) != entry["size"] or hashlib.sha256(content).hexdigest() != entry["sha256"]:
            found.append(f"{path} was changed.")
        link = _link(link, entry)
        if link != entry["link"]:
            found.append(f"The chain is broken at {path}.")
            link = str(entry["link"])
    found += [f"{path} does not belong to the pack." for path in sorted(files)]
    if link != manifest["head"]:
        found.append("The chain does not end at the fingerprint of the manifest.")
    if head and manifest["head"] != head.strip().lower():
        found.append("The fingerprint is not the one given.")
    return found


def _first_link(about: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([FORMAT, about], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _link(before: str, entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{before}\n{entry['path']}\n{entry['size']}\n{entry['sha256']}".encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Verify the file named first; a second word is the fingerprint to compare with. Return 0 when it is whole."""
    content = Path(arguments[0]).read_bytes()
    found = problems(content, *arguments[1:2])
    for one in found:
        sys.stdout.write(f"{one}\n")
    if not found:
        sys.stdout.write("The pack is whole.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
