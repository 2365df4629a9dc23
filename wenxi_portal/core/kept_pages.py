"""Where kept pages lie: the latest ones in this process, all of them in the cache that the processes share."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

KEPT_HEADERS: Final = ("Content-Type", "Content-Language", "Content-Disposition", "Vary", "Link", "X-Robots-Tag")
NEAREST_PAGES: Final = 300
COMPRESSION_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was built: compressed once, for all who ask for it."""

    compressed: bytes
    headers: tuple[tuple[str, str], ...]

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return the page as an answer, compressed when the browser takes it so."""
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            answer = HttpResponse(self.compressed)
            answer.headers["Content-Encoding"] = "gzip"
        else:
            answer = HttpResponse(gzip.decompress(self.compressed))
        for name, value in self.headers:
            answer.headers[name] = value
        answer.headers["Content-Length"] = str(len(answer.content))
        return answer


class KeptPages:
    """A bounded store of the pages asked for lately, in front of the shared cache.

    Keys name everything a page depends on, so a page under its key is right for as long as it lies here.
    """

    def __init__(self) -> None:
        self._nearest: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> KeptPage | None:
        """Return the page, from near or from the shared cache."""
        page = self._nearest.get(key)
        if page is None:
            stored = cache.get(f"page:{key}")
            if stored is None:
                return None
            page = KeptPage(*stored)
            self._put_near(key, page)
        return page

    def put(self, key: str, response: HttpResponse) -> None:
        """Keep a page that was just built."""
        headers = tuple((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
        page = KeptPage(gzip.compress(response.content, COMPRESSION_LEVEL, mtime=0), headers)
        self._put_near(key, page)
        cache.set(f"page:{key}", (page.compressed, page.headers), settings.PAGE_CACHE_SECONDS)

    def clear(self) -> None:
        """Forget what lies near."""
        with self._lock:
            self._nearest.clear()

    def _put_near(self, key: str, page: KeptPage) -> None:
        with self._lock:
            self._nearest[key] = page
            while len(self._nearest) > NEAREST_PAGES:
                self._nearest.popitem(last=False)


kept_pages = KeptPages()
