"""Lists and labels have the marks of the reader's language, and names are escaped in markup."""

from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from wenxi_portal.core.wording import labelled, marked_list, part_list, some_of, word_list


def test_marks_follow_the_language() -> None:
    with override("zh-hans"):
        assert part_list([labelled("缺少", word_list(["护照", "合同"])), "照片"]) == "缺少：护照、合同；照片"
    with override("en"):
        assert part_list([labelled("missing", word_list(["passport", 2])), "photo"]) == "missing: passport, 2; photo"


def test_a_long_list_says_that_there_is_more() -> None:
    with override("en"):
        assert some_of(["a", "b", "c"], 2) == "a, b…"
        assert some_of(["a", "b"], 2) == "a, b"


def test_markup_stays_and_names_are_escaped() -> None:
    with override("en"):
        assert marked_list(["<b>", mark_safe("<i>x</i>")]) == "&lt;b&gt;, <i>x</i>"
        page = Template("{% load wording %}{{ names|word_list }}{% semicolon %}{{ label }}{% colon %}{% comma %}")
        assert page.render(Context({"names": ["<b>", "x"], "label": "y"})) == "&lt;b&gt;, x; y: , "
