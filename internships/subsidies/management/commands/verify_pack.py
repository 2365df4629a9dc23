"""``python manage.py verify_pack file.zip``: tells whether an auditor's pack is as the portal made it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from internships.subsidies.models import AuditPack
from internships.subsidies.pack_format import head_of, problems


class Command(BaseCommand):
    """Compares every file with the chained manifest, and the manifest with the fingerprint that the portal keeps."""

    help = "Verify an auditor's pack against its manifest and the fingerprint on file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and, where it was told by another way, the fingerprint."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--head", default="", help="the fingerprint, told by another way")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say that the pack is whole, or raise with everything that is wrong."""
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        found = problems(content, options["head"])
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The pack is whole.")
        self.stdout.write(self._on_file(content))

    def _on_file(self, content: bytes) -> str:
        head = head_of(content)
        try:
            known = AuditPack.objects.filter(head=head).first()
        except OperationalError:
            return "No database at hand: compare the fingerprint with the one told by another way."
        if known is None:
            raise CommandError(f"This portal has made no pack with the fingerprint {head}.")
        return f"Made by this portal on {known.made_at:%Y-%m-%d}: {head}"
