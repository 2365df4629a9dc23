"""What a password must be like (domain.md §4: eight characters, three classes)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ThreeClassesValidator:
    """Refuses a password with fewer than three of: small letters, capitals, digits, everything else."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        """Raise ``ValidationError`` when fewer than three classes occur in ``password``."""
        if len({_class_of(character) for character in password}) < 3:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Use at least three of these four: small letters, capital letters, digits, other signs.")


def _class_of(character: str) -> str:
    if character.isascii() and character.islower():
        return "small"
    if character.isascii() and character.isupper():
        return "capital"
    return "digit" if character.isascii() and character.isdigit() else "other"
