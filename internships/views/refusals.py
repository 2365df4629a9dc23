"""Saying on the next page what a service refused."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from wenxi_portal.core.errors import DomainError


def words_of(refusal: DomainError | ValidationError) -> list[str]:
    """Return the sentences of a refusal."""
    return [refusal.message] if isinstance(refusal, DomainError) else list(refusal.messages)


def tell_refusal(request: HttpRequest, refusal: DomainError | ValidationError) -> None:
    """Say on the next page what was refused."""
    for sentence in words_of(refusal):
        messages.error(request, sentence)
