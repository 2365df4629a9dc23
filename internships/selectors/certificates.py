"""Finding a certificate by its code, and what may be told of it."""

from django.utils.translation import gettext as _

from internships.models import Certificate

LENGTH = 16


def typed_code(text: str) -> str:
    """Return a code as it is kept, however it was typed: capital letters and digits alone."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())[:40]


def find(code: str) -> Certificate | None:
    """Return the certificate with this code."""
    sought = typed_code(code)
    return Certificate.objects.filter(code=sought).first() if len(sought) == LENGTH else None


def shown_facts(certificate: Certificate) -> list[tuple[str, str]]:
    """Return what the paper shows, as it was printed; of a revoked one the number alone."""
    shown = certificate.shown
    if certificate.revoked_on:
        return [(_("Number"), certificate.number)]
    names = (
        (_("Number"), "number"),
        (_("Student"), "student"),
        (_("University or school"), "school"),
        (_("Level"), "level"),
        (_("Major"), "major"),
        (_("Host"), "host"),
        (_("Position"), "position"),
        (_("First day"), "starts_on"),
        (_("Last day"), "ends_on"),
        (_("Days of attendance"), "days"),
        (_("Verdict"), "grade"),
        (_("Issued by"), "issuer"),
        (_("Issued on"), "issued_on"),
    )
    return [(label, str(shown.get(name, ""))) for label, name in names]
