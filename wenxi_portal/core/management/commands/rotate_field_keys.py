"""``manage.py rotate_field_keys``: seals everything again under the newest of FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from wenxi_portal.core.rotation import rotate_column, rotate_files, sealed_columns, sealed_files


class Command(BaseCommand):
    """Walks over every sealed column and file. Afterwards the older keys can be taken out of the settings."""

    help = "Seal personal data again under the newest key. Safe to stop and to run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate column by column and tell the numbers."""
        for model, field in sealed_columns():
            count = rotate_column(model, field)
            self.stdout.write(f"{model._meta.label}.{field.name}: {count} sealed again.")
        for model, name, context in sealed_files():
            count = rotate_files(model, name, context, self._missed)
            self.stdout.write(f"{model._meta.label}.{name}: {count} files sealed again.")

    def _missed(self, name: str) -> None:
        self.stderr.write(f"{name} is not in private storage: nothing to seal again.")
