"""What a password must be like (domain.md §4: eight characters, three classes), each rule said in one sentence."""

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LengthValidator(password_validation.MinimumLengthValidator):
    """Refuses a short password."""

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Use at least %(number)s characters.") % {"number": self.min_length}


class ThreeClassesValidator:
    """Refuses a password with fewer than three of: small letters, capitals, digits, everything else."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        """Raise ``ValidationError`` when fewer than three classes occur in ``password``."""
        if len({_class_of(character) for character in password}) < 3:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Use at least three of these four: small letters, capital letters, digits, other signs.")


class NotPersonalValidator(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password that is much like the name or the address."""

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Do not use your name or your e-mail address.")


class NotCommonValidator(password_validation.CommonPasswordValidator):
    """Refuses the passwords that are tried first."""

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Do not use a password that many people use.")


def _class_of(character: str) -> str:
    if character.isascii() and character.islower():
        return "small"
    if character.isascii() and character.isupper():
        return "capital"
    return "digit" if character.isascii() and character.isdigit() else "other"
