"""Model fields that keep personal data sealed at rest."""

from typing import Any

from django.db import models

from wenxi_portal.core import cipher


class SealedTextField(models.TextField):
    """Text that is enciphered in the database and plain in Python.

    Equality is looked up through a companion column filled with ``cipher.keyed_index``; the sealed column itself
    differs at every write. ``context`` names the column once for all, so that a text moved to another column
    does not open.
    """

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Tell migrations the context."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "context": self.context}

    def from_db_value(self, value: str | None, *_context: Any) -> str | None:
        """Open the stored text."""
        return value if not value else cipher.unseal(value, context=self.context)

    def get_prep_value(self, value: Any) -> Any:
        """Seal the text for the database."""
        plain = super().get_prep_value(value)
        return plain if not plain else cipher.seal(plain, context=self.context)
