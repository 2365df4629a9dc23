"""Lists: search by pinyin, filters, sheets of what is shown, bad addresses, constant numbers of queries."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bases.models import Base
from bases.services.search_index import index_agreement, index_base
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import UniversityFactory
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

BASES = "admin:bases_base_changelist"
AGREEMENTS = "admin:bases_agreement_changelist"


def first_sheet(response):
    return openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active


def shown(client, name, query=""):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    return list(response.context_data["cl"].result_list)


@pytest.mark.parametrize("typed", ["红色教育", "hongsejiaoyu", "hsjy", "HSJY"])
def test_bases_are_found_by_characters_pinyin_and_initials(department, typed):
    found, other = BaseFactory(name="红色教育示例基地"), BaseFactory(name="示例农场")
    for base in (found, other):
        index_base(base=base)
    assert shown(department.client, BASES, f"q={typed}") == [found]


def test_agreements_are_found_by_their_parties(department):
    agreement = AgreementFactory(party=UniversityFactory(name="示例理工大学"))
    index_agreement(agreement=agreement)
    index_agreement(agreement=AgreementFactory())
    assert shown(department.client, AGREEMENTS, "q=lgdx") == [agreement]


def test_filters_of_bases(department):
    university = UniversityFactory()
    planned, unveiled = BaseFactory(planned=True), BaseFactory(unveiled=True, universities=[university])
    unsettled = BaseFactory(unveiled=True, unsettled=True)
    cases = {
        "state=planned": [planned],
        f"kind={unveiled.kind.number}": [unveiled],
        "kind=unknown": [unsettled],
        f"lead_unit={planned.lead_unit.pk}": [planned],
        f"universities__id__exact={university.pk}": [unveiled],
        "year=unknown": [planned],
        "waiting=gaps": [unsettled],
        "waiting=stale": [],
    }
    for query, expected in cases.items():
        assert shown(department.client, BASES, query) == expected, query


def test_filters_of_agreements(department):
    today = timezone.localdate()
    soon, late = (AgreementFactory(signed=True, valid_until=today + timedelta(days=days)) for days in (20, 80))
    overdue = AgreementFactory(signed=True, valid_until=today - timedelta(days=3))
    assert shown(department.client, AGREEMENTS, "expiry=7") == []
    assert shown(department.client, AGREEMENTS, "expiry=30") == [soon]
    assert shown(department.client, AGREEMENTS, "expiry=90") == [late]
    assert shown(department.client, AGREEMENTS, "expiry=overdue") == [overdue]
    assert set(shown(department.client, AGREEMENTS, "waiting=no_scan")) == {soon, late, overdue}


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "kind=99999999999999999999",
        "kind=%00abc",
        "lead_unit=abc",
        "year=-1",
        "universities__id__exact=abc",
        "universities__id__exact=99999999999999999999",
        "foo=bar",
        "lead_unit__name=x",
        "p=99999",
        "p=-5",
        "p=abc",
        "o=xx",
        "o=99.-77",
        "q=" + "x" * 3000,
        "q=%27%26%7C%21",
        "all=",
        "e=1",
        "_facets=True",
    ],
)
@pytest.mark.parametrize("page", [BASES, AGREEMENTS, "admin:bases_base_export_office"])
def test_no_address_typed_by_hand_breaks_a_list(department, page, query):
    BaseFactory()
    response = department.client.get(f"{reverse(page)}?{query}", follow=True)
    assert response.status_code in {200, 400, 413}
    # Reading to the end closes the sheet's temporary file.
    assert b"".join(response)


def test_a_filter_that_is_not_understood_is_told(department):
    response = department.client.get(f"{reverse(BASES)}?foo=bar", follow=True)
    assert [str(message.level_tag) for message in response.context["messages"]] == ["warning"]


@pytest.mark.parametrize("key", ["abc", "0", "-1", "99999999999999999999", "1_2Fx", "%00"])
@pytest.mark.parametrize("model", ["base", "agreement"])
def test_no_forged_number_breaks_a_page(department, model, key):
    for page in ("change", "history", "papers/add"):
        assert department.client.get(f"/admin/bases/{model}/{key}/{page}/").status_code in {400, 404}


@pytest.mark.parametrize("page", [BASES, AGREEMENTS])
def test_a_list_of_three_costs_as_many_queries_as_a_list_of_one(department, page):
    def add_one():
        base = BaseFactory(unveiled=True, universities=[UniversityFactory()])
        AgreementFactory(signed=True, bases=[base])

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(department.client, page)
        return len(queries)

    add_one()
    count()
    with_one = count()
    add_one()
    add_one()
    assert count() == with_one
    assert with_one <= 14


def test_the_sheet_holds_what_the_list_shows_in_office_layout(department):
    kept = BaseFactory(name="=cmd|' /C calc'!A0", unveiled=True, contact_phone="03570000000")
    BaseFactory(planned=True)
    response = department.client.get(f"{reverse('admin:bases_base_export_office')}?state=unveiled")
    assert response.status_code == 200
    page = first_sheet(response)
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "县校合作基地台账"
    assert rows[1][0].startswith("填报单位：")
    assert any(str(value).startswith("填报日期：") for value in rows[1])
    assert rows[2][:2] == ["序号", "名称"]
    assert rows[3][:2] == [1, f"'{kept.name}"]
    phone = next(cell for cell in page[4] if cell.value == "03570000000")
    assert (phone.data_type, phone.number_format) == ("s", "@")
    assert rows[4][:2] == ["合计", "共1条"]
    assert rows[5][0] == "填表人："
    assert "审核人：" in rows[5]
    assert len(rows) == 6
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$3:$3"
    entry = AuditEntry.objects.get(verb=Verb.EXPORTED)
    assert entry.details == {"list": "bases.base", "rows": 1, "shown": {"state": ["unveiled"]}}


def headings_and_first_row(response):
    page = first_sheet(response)
    return dict(zip((cell.value for cell in page[3]), (cell.value for cell in page[4]), strict=True))


def test_the_sheets_hold_every_column_of_the_lists(department):
    today = timezone.localdate()
    AgreementFactory(signed=True, valid_until=today + timedelta(days=20))
    BaseFactory(unveiled=True, local_partner=None)
    agreements = headings_and_first_row(department.client.get(reverse("admin:bases_agreement_export_office")))
    assert agreements["到期情况"] == "还剩20天"
    bases = headings_and_first_row(department.client.get(reverse("admin:bases_base_export_office")))
    assert bases["待补录"] == "缺：县内共建单位"
    UniversityFactory(is_public=False)
    rows = headings_and_first_row(
        department.client.get(f"{reverse('admin:organisations_organisation_export_office')}?kind=university")
    )
    assert rows["对外公开"] == "否"


def test_an_officer_takes_home_the_own_rows_only(officer):
    BaseFactory(lead_unit=officer.unit, name="自己的基地")
    BaseFactory(name="别家的基地")
    response = officer.client.get(reverse("admin:bases_base_export_office"))
    page = first_sheet(response)
    text = " ".join(str(cell.value) for row in page.iter_rows() for cell in row)
    assert "自己的基地" in text
    assert "别家的基地" not in text
    assert officer.unit.name in page["A2"].value


def test_the_export_button_carries_the_filters(department):
    BaseFactory(planned=True)
    response = department.client.get(f"{reverse(BASES)}?state=planned&q=sl")
    assert response.context_data["actions_list"][0]["path"].endswith("export/?state=planned&q=sl")
    assert Base.objects.count() == 1
