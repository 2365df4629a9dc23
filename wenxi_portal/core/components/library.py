"""The components every room may use. What each is for stands in docs/front-end.md."""

from wenxi_portal.core.components.registry import Prop, declare

BADGE_TONES = frozenset({"success", "accent", "warning", "muted", "info"})
NOTICE_KINDS = frozenset({"info", "success", "warning", "error"})
BUTTON_KINDS = frozenset({"primary", "plain", "link"})

declare("breadcrumbs", Prop("items"))
declare("page_header", Prop("title"), Prop("lead", ""), Prop("over", ""), slots=("meta", "actions"))
declare("section", Prop("title"), Prop("anchor", ""), Prop("more_url", ""), Prop("more_label", ""), slots=("body",))
declare("badge", Prop("word"), Prop("look", None), Prop("tone", "muted", BADGE_TONES), Prop("icon", ""))
declare("button", Prop("label"), Prop("url"), Prop("kind", "plain", BUTTON_KINDS), Prop("icon", ""))
declare("fact_list", Prop("facts", ()), Prop("layout", "rows", frozenset({"rows", "band"})), slots=("body",))
declare("fact", Prop("label"), Prop("value", ""), Prop("note", ""), slots=("body",))
declare(
    "card",
    Prop("title"),
    Prop("url"),
    Prop("text", ""),
    Prop("level", "3", frozenset({"2", "3"})),
    slots=("over", "badge", "meta", "body"),
)
declare("meta_item", Prop("text"), Prop("icon", ""), Prop("label", ""))
declare("stat", Prop("label"), Prop("value"), Prop("unit", ""), Prop("note", ""))
declare("timeline", Prop("entries"))
declare("steps", Prop("titles"), Prop("current"))
declare("notice", Prop("title", ""), Prop("kind", "info", NOTICE_KINDS), slots=("body",))
declare("messages", Prop("messages"))
declare("form_errors", Prop("form"))
declare("empty_state", Prop("title"), Prop("text", ""), Prop("icon", "search"), slots=("actions",))
declare("pagination", Prop("links"))
declare("download_links", Prop("items"), Prop("label", ""))
declare("chips", Prop("items"), Prop("clear_url", ""))
declare(
    "filter_panel",
    Prop("action"),
    Prop("chosen", 0),
    Prop("query", None),
    Prop("placeholder", ""),
    Prop("total", 0),
    slots=("body",),
)
declare("facet", Prop("name"), Prop("legend"), Prop("options"), Prop("single", False), Prop("shown", 6))
declare("list_layout", Prop("anchor", "list"), slots=("filters", "results"))
