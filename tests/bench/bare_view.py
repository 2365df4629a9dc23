"""The yardstick: a Django view that does nothing but answer as many bytes as the page it is compared with."""

from functools import cache
from random import Random

from django.http import HttpRequest, HttpResponse


def bare(_request: HttpRequest, size: int) -> HttpResponse:
    """Answer ``size`` bytes of text that compresses about as well as a page does."""
    return HttpResponse(_text(size))


@cache
def _text(size: int) -> bytes:
    chance = Random(1)
    words = [bytes(chance.choices(b'abcdefghijklmnopqrstuvwxyz<>/="', k=chance.randint(3, 12))) for _ in range(400)]
    text = b" ".join(chance.choices(words, weights=[1 / (rank + 1) for rank in range(400)], k=size // 5))
    return text[:size].ljust(size)
