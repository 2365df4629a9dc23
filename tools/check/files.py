"""What no file may hold: secrets, package indexes, places of one machine, work left undone.

The patterns are written so that they do not find themselves.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

from tools.bootstrap.places import ROOT

_SECRETS = (
    "AWSKeyDetector",
    "BasicAuthDetector",
    "GitHubTokenDetector",
    "JwtTokenDetector",
    "NpmDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SlackDetector",
    "StripeDetector",
)
_LOCKED = re.compile(r"requirements/.*\.txt|package-lock\.json")
_EXAMPLE = "//user:password@"  # pragma: allowlist secret
_TEXT_ENDINGS = {
    "", ".css", ".html", ".in", ".ini", ".js", ".json", ".md", ".po", ".py", ".scss", ".svg", ".toml", ".txt", ".yml",
}  # fmt: skip

_FORBIDDEN = {
    "a secret": re.compile(
        r"(?i)(?:secret|passwo?r?d|token|api_?key)\w*[\"']?\s*[:=]\s*b?[\"'](?=[^\"']*\d)(?=[^\"']*[a-z])[\w+/=-]{16,}[\"']"
    ),
    "a package index": re.compile(r"\b(?:py[p]i\.org|pyth[o]nhosted\.org|npm[j]s\.(?:org|com)|deb[.]debian\.org)"),
    "a place of one machine": re.compile(r"(?<![\w.}>*-])/(?:wor[k]|roo[t]|home/\w+|tm[p])/\w"),
    "work left undone": re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]X?|NotImplemented[E]rror)\b"),
}


def main() -> None:
    """List every finding and fail when there is one."""
    files = list(_files())
    findings = [*_forbidden_words(files), *_secrets(files)]
    if findings:
        sys.exit("\n".join(findings))


def _files() -> Iterator[Path]:
    """Yield the files that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix in _TEXT_ENDINGS:
            yield path


def _forbidden_words(files: list[Path]) -> Iterator[str]:
    """Yield a line for each forbidden word."""
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
            for what, pattern in _FORBIDDEN.items():
                if pattern.search(line):
                    yield f"{name}:{number}: {what}: {line.strip()[:100]}"


def _secrets(files: list[Path]) -> Iterator[str]:
    """Yield a line for each text that looks like a secret."""
    collection = SecretsCollection()
    with transient_settings({"plugins_used": [{"name": name} for name in _SECRETS]}):
        for path in files:
            if not _LOCKED.fullmatch(path.relative_to(ROOT).as_posix()):
                collection.scan_file(str(path))
    for name, secret in collection:
        path = Path(name).relative_to(ROOT)
        line = (ROOT / path).read_text(encoding="utf-8").split("\n")[secret.line_number - 1]
        # Documentation writes an address like this, and tests write wrong ones.
        if _EXAMPLE not in line and not (path.parts[0] == "tests" and secret.type == "Basic Auth Credentials"):
            yield f"{path.as_posix()}:{secret.line_number}: looks like a secret ({secret.type})"


if __name__ == "__main__":
    main()
