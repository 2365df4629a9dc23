"""What bases and agreements are found by. Derived from names that may change elsewhere, so it can be rebuilt."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from bases.models import Agreement, AgreementParty, Base, BaseUniversity
from wenxi_portal.core import search_text


def index_base(*, base: Base) -> None:
    """Write what ``base`` is found by: its names, partner and universities by pinyin too, the rest by characters."""
    universities = [link.university for link in base.university_links.select_related("university")]
    partner = [base.local_partner] if base.local_partner else []
    names = [base.name, base.name_en, base.place]
    for organisation in (*universities, *partner):
        names += [organisation.name, organisation.short_name, organisation.name_en]
    texts = [base.summary, base.address, base.kind.name if base.kind else ""]
    texts += [str(base.lead_unit or ""), *base.candidate_kinds.values_list("name", flat=True)]
    _write(base, names, texts)


def index_agreement(*, agreement: Agreement) -> None:
    """Write what ``agreement`` is found by: title and parties by pinyin too, the rest by characters."""
    names = [agreement.title]
    for party in agreement.parties.select_related("organisation"):
        names += [party.name, party.organisation.name if party.organisation else ""]
    _write(agreement, names, [agreement.summary, str(agreement.lead_unit or "")])


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


def _write(record: Base | Agreement, names: list[str], texts: list[str]) -> None:
    vector = search_text.vector(search_text.lexemes(filter(None, names), filter(None, texts)))
    type(record).objects.filter(pk=record.pk).update(search_vector=vector, indexed_at=timezone.now())
