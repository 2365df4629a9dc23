"""What positions are found by. Derived from names that may change elsewhere, so it can be rebuilt."""

from django.db.models import F, Func, Q
from django.utils import timezone

from internships.models import Position
from wenxi_portal.core import search_text


def position_vector(position: Position) -> Func:
    """Return what ``position`` is found by: its names, host, place and majors by pinyin too, the rest by characters."""
    host = position.host
    names = [position.title, position.title_en, position.place, *position.majors]
    names += [host.name, host.short_name, host.name_en]
    texts = [position.work, position.wanted, position.address, position.lead_unit.name]
    return search_text.vector(search_text.lexemes(filter(None, names), filter(None, texts)))


def index_position(position: Position) -> None:
    """Write what ``position`` is found by."""
    Position.objects.filter(pk=position.pk).update(search_vector=position_vector(position), indexed_at=timezone.now())


def index_after_renames() -> int:
    """Index again the positions whose host or lead unit changed since the last indexing; return how many."""
    stale = Position.objects.filter(
        Q(indexed_at__isnull=True)
        | Q(host__updated_at__gt=F("indexed_at"))
        | Q(lead_unit__updated_at__gt=F("indexed_at"))
    )
    count = 0
    for position in stale.select_related("host", "lead_unit").iterator(chunk_size=500):
        index_position(position)
        count += 1
    return count
