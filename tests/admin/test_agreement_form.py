"""Editing an agreement: parties once, signed papers corrected with a reason, the history tells it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.admin.posting import form_values
from tests.factories.bases import AgreementFactory
from tests.factories.organisations import UniversityFactory


def change(agreement):
    return reverse("admin:bases_agreement_change", args=[agreement.pk])


@pytest.fixture
def signed(db):
    return AgreementFactory(signed=True, title="示例协议甲", party=UniversityFactory(name="示例大学甲"))


def two_rows(values, first, second):
    keys = {"parties-TOTAL_FORMS": 2}
    for at, name in enumerate((first, second)):
        keys |= {f"parties-{at}-name": name, f"parties-{at}-side": values["parties-0-side"]}
    return values | keys


def test_a_party_listed_twice_is_told_with_the_words_of_the_column(department, signed):
    values = two_rows(form_values(department.client, change(signed)), "示例大学甲", "示例大学甲")
    response = department.client.post(change(signed), values)
    assert response.status_code == 200
    page = response.rendered_content
    assert "有两行的“签署名称”相同，请只保留一行。" in page
    assert "name的重复" not in page
    assert signed.parties.count() == 1


def test_a_signed_paper_is_not_corrected_without_a_reason_and_what_was_typed_stays(department, signed):
    values = two_rows(form_values(department.client, change(signed)), "示例大学改", "示例大学乙")
    values |= {"title": "示例协议改名", "summary": "刚写的摘要"}
    response = department.client.post(change(signed), values)
    assert response.status_code == 200
    form = response.context_data["adminform"].form
    assert set(form.errors) == {"correction_reason"}
    page = response.rendered_content
    for typed in ("示例协议改名", "刚写的摘要", "示例大学改", "示例大学乙"):
        assert typed in page
    signed.refresh_from_db()
    assert signed.title == "示例协议甲"
    assert [party.name for party in signed.parties.all()] == ["示例大学甲"]


def test_a_correction_stands_in_the_history_with_its_reason(department, signed):
    values = form_values(department.client, change(signed))
    values |= {"title": "示例协议更名", "correction_reason": "原录入有误，按原件更正"}
    assert department.client.post(change(signed), values).status_code == 302
    response = department.client.get(reverse("admin:bases_agreement_history", args=[signed.pk]))
    changes = response.context_data["changes"]
    corrected = next(each for each in changes if each.fields and each.fields[0].new == "示例协议更名")
    assert (corrected.row, corrected.reason) == ("协议 示例协议更名", "原录入有误，按原件更正")
    assert [each.row for each in changes if each.row.startswith("签约方")] == ["签约方 示例大学甲"]


def test_an_intent_is_edited_without_a_reason(department):
    intent = AgreementFactory(valid_from=date(2024, 1, 1))
    values = form_values(department.client, change(intent)) | {"title": "示例意向改名"}
    assert "correction_reason" not in department.client.get(change(intent)).rendered_content
    assert department.client.post(change(intent), values).status_code == 302
