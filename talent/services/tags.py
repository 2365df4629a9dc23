"""Fields of work, named once: forms and imports make new names without meeting in a ring.

Whoever makes a name holds it until the transaction ends. A form is short and waits. An import is long and holds many
names: it never waits for one, but takes everything back and begins again. So nobody waits for a form that waits.
"""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext as _

from talent.models import FieldTag
from talent.services.locks import one_at_a_time
from wenxi_portal.core.errors import BusyError


def tags_for_form(names: Iterable[str]) -> dict[str, int]:
    """Return the numbers of these fields, new ones made; waits for whoever makes one of them at this moment."""
    wanted = set(names)
    for name in sorted(wanted - _on_file(wanted).keys()):
        one_at_a_time(_key(name))
        FieldTag.objects.get_or_create(name=name)
    return _on_file(wanted)


def tags_for_import(names: Iterable[str]) -> dict[str, int]:
    """Return the numbers of these fields, new ones made. Raises ``BusyError`` while a form makes one of them."""
    wanted = set(names)
    missing = sorted(wanted - _on_file(wanted).keys())
    with connection.cursor() as cursor:
        for name in missing:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"talent:{_key(name)}"])
            if not cursor.fetchone()[0]:
                raise BusyError(_("Somebody else enters the same field of work at this moment."))
    FieldTag.objects.bulk_create([FieldTag(name=name) for name in missing], ignore_conflicts=True)
    return _on_file(wanted)


def _on_file(names: Iterable[str]) -> dict[str, int]:
    return dict(FieldTag.objects.filter(name__in=names).values_list("name", "pk"))


def _key(name: str) -> str:
    return f"field:{name}"
