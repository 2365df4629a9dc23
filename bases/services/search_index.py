"""What bases and agreements are found by. Derived from names that may change elsewhere, so it can be rebuilt."""

from collections.abc import Iterable

from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from bases.models import Agreement, AgreementParty, Base, BaseKind, BaseUniversity
from wenxi_portal.core import search_text
from wenxi_portal.organisations.models import Organisation


def base_vector(*, base: Base, universities: Iterable[Organisation], kinds: Iterable[BaseKind]) -> Func:
    """Return what ``base`` is found by: its names, partner and universities by pinyin too, the rest by characters."""
    names = [base.name, base.name_en, base.place]
    for organisation in (*universities, *([base.local_partner] if base.local_partner else [])):
        names += [organisation.name, organisation.short_name, organisation.name_en]
    texts = [base.summary, base.address, str(base.lead_unit or ""), *(kind.name for kind in kinds)]
    return _vector(names, texts)


def agreement_vector(*, agreement: Agreement, parties: Iterable[AgreementParty]) -> Func:
    """Return what ``agreement`` is found by: title and parties by pinyin too, the rest by characters."""
    names = [agreement.title]
    for party in parties:
        names += [party.name, party.organisation.name if party.organisation else ""]
    return _vector(names, [agreement.summary, str(agreement.lead_unit or "")])


def index_base(*, base: Base) -> None:
    """Write what ``base`` is found by."""
    universities = [link.university for link in base.university_links.select_related("university")]
    kinds = [*base.candidate_kinds.all(), *([base.kind] if base.kind else [])]
    _write(base, base_vector(base=base, universities=universities, kinds=kinds))


def index_agreement(*, agreement: Agreement) -> None:
    """Write what ``agreement`` is found by."""
    _write(agreement, agreement_vector(agreement=agreement, parties=agreement.parties.select_related("organisation")))


def index_after_renames() -> int:
    """Index again what an organisation renamed since the last indexing takes part in; return how many rows."""
    renamed = Q(organisation__updated_at__gt=OuterRef("indexed_at"))
    link = BaseUniversity.objects.filter(base=OuterRef("pk"), university__updated_at__gt=OuterRef("indexed_at"))
    stale_bases = Base.objects.filter(
        Q(indexed_at__isnull=True) | Q(local_partner__updated_at__gt=F("indexed_at")) | Exists(link)
    )
    party = AgreementParty.objects.filter(renamed, agreement=OuterRef("pk"))
    stale_agreements = Agreement.objects.filter(Q(indexed_at__isnull=True) | Exists(party))
    count = 0
    for base in stale_bases.select_related("kind", "lead_unit", "local_partner").iterator(chunk_size=500):
        index_base(base=base)
        count += 1
    for agreement in stale_agreements.select_related("lead_unit").iterator(chunk_size=500):
        index_agreement(agreement=agreement)
        count += 1
    return count


def _vector(names: list[str], texts: list[str]) -> Func:
    return search_text.vector(search_text.lexemes(filter(None, names), filter(None, texts)))


def _write(record: Base | Agreement, vector: Func) -> None:
    type(record).objects.filter(pk=record.pk).update(search_vector=vector, indexed_at=timezone.now())
