"""Of the ways of the sidebar the one nearest to the page is lit, and no other."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("page", "lit"),
    [
        ("index", "index"),
        ("bases_base_changelist", "bases_base_changelist"),
        ("bases_base_add", "bases_base_changelist"),
        ("talent_contact_board", "talent_contact_board"),
        ("talent_contact_changelist", None),
        ("internships_placement_accepted", "internships_placement_accepted"),
    ],
)
def test_one_way_is_lit(department, page, lit):
    answer = department.client.get(reverse(f"admin:{page}"))
    ways = [way for group in answer.context["sidebar_navigation"] for way in group["items"]]
    assert [str(way["link"]) for way in ways if way["active"]] == ([reverse(f"admin:{lit}")] if lit else [])
