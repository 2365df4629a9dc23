"""How the staff's admin looks (django-unfold): vermilion on warm paper, words of an office, one way to each list."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

Item = dict[str, Any]


def _asset(name: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(f"portal_admin/{name}")


def _nearest(request: HttpRequest) -> str:
    """Return the name of the way of the sidebar that leads nearest to the page: one is lit, never two.

    Every way asks, so the answer is kept with the request.
    """
    kept: str | None = request.__dict__.get("nearest_way")
    if kept is None:
        path, index = request.path, str(reverse_lazy("admin:index"))
        ways = {str(item["link"]): item["name"] for group in _GROUPS for item in group["items"]}
        fitting = (way for way in ways if path == way or (path.startswith(way) and way != index))
        kept = request.__dict__["nearest_way"] = ways.get(max(fitting, key=len, default=""), "")
    return kept


def _item(title: Any, icon: str, link: str, *permissions: str, any_of: tuple[str, ...] = ()) -> Item:
    """A way of the sidebar, shown to those who have every one of ``permissions`` and one of ``any_of``."""
    return {
        "title": title,
        "icon": icon,
        "name": link,
        "link": reverse_lazy(link),
        "active": lambda request: _nearest(request) == link,
        "permission": lambda request: (
            request.user.has_perms(permissions) and (not any_of or any(request.user.has_perm(name) for name in any_of))
        ),
    }


_GROUPS: list[Item] = [
    {
        "title": _("Today"),
        "items": [_item(_("Waiting today"), "task_alt", "admin:index")],
    },
    {
        "title": _("Talent"),
        "separator": True,
        "items": [
            _item(_("People"), "groups", "admin:talent_person_changelist", "talent.view_person"),
            _item(_("My week"), "calendar_view_week", "admin:talent_contact_week", "talent.view_contact"),
            _item(_("Follow-up board"), "view_kanban", "admin:talent_contact_board", "talent.view_contact"),
            _item(
                _("Self-registrations"),
                "how_to_reg",
                "admin:talent_registration_changelist",
                "talent.view_registration",
            ),
            _item(_("Possible duplicates"), "join_inner", "admin:talent_person_duplicates", "talent.merge_person"),
            _item(_("Who can introduce us"), "hub", "admin:talent_person_chains", "talent.view_person"),
            _item(_("Freshness and coverage"), "monitoring", "admin:talent_person_coverage", "talent.view_person"),
            _item(_("Introductions"), "handshake", "admin:talent_introduction_changelist", "talent.view_introduction"),
            _item(_("Channels"), "cell_tower", "admin:talent_channel_changelist", "talent.view_channel"),
            _item(
                _("Flexible agreements"),
                "work_history",
                "admin:talent_flexibleagreement_changelist",
                "talent.view_flexibleagreement",
            ),
            _item(
                _("Township collectors"),
                "location_home",
                "admin:talent_townshipcollector_changelist",
                "talent.view_townshipcollector",
            ),
            _item(_("Hand over"), "swap_horiz", "admin:talent_contact_hand_over", "talent.hand_over"),
        ],
    },
    {
        "title": _("Looking after those who come"),
        "separator": True,
        "items": [
            _item(
                _("Requests for support"),
                "support_agent",
                "admin:internships_supportrequest_changelist",
                "internships.view_supportrequest",
            ),
            _item(
                _("One window"),
                "storefront",
                "admin:internships_servicerequest_changelist",
                "internships.view_servicerequest",
            ),
            _item(_("Houses and beds"), "hotel", "admin:internships_lodging_changelist", "internships.view_lodging"),
            _item(_("Who needs a bed"), "bed", "admin:internships_lodging_needs", "internships.view_lodging"),
            _item(
                _("Shuttles"),
                "directions_bus",
                "admin:internships_shuttlerun_changelist",
                "internships.view_shuttlerun",
            ),
            _item(
                _("Activities"),
                "diversity_3",
                "admin:internships_groupactivity_changelist",
                "internships.view_groupactivity",
            ),
            _item(
                _("Care log"),
                "volunteer_activism",
                "admin:internships_carevisit_changelist",
                "internships.view_carevisit",
            ),
        ],
    },
    {
        "title": _("Cooperation bases"),
        "separator": True,
        "items": [
            _item(_("Register of bases"), "villa", "admin:bases_base_changelist", "bases.view_base"),
            _item(_("Register of agreements"), "contract", "admin:bases_agreement_changelist", "bases.view_agreement"),
            _item(_("Twelve kinds of base"), "category", "admin:bases_basekind_changelist", "bases.view_basekind"),
            _item(
                _("Announced figures"),
                "campaign",
                "admin:bases_announcedfigure_changelist",
                "bases.view_announcedfigure",
            ),
        ],
    },
    {
        "title": _("Internships"),
        "separator": True,
        "items": [
            _item(_("Positions"), "work", "admin:internships_position_changelist", "internships.view_position"),
            _item(
                _("Applications"), "inbox", "admin:internships_application_changelist", "internships.view_application"
            ),
            _item(_("Students"), "school", "admin:internships_student_changelist", "internships.view_student"),
            _item(
                _("Nominations"),
                "recommend",
                "admin:internships_nomination_changelist",
                "internships.view_nomination",
            ),
            _item(
                _("Accepted, to be planned"),
                "event_available",
                "admin:internships_placement_accepted",
                "internships.view_placement",
            ),
            _item(_("Stays"), "badge", "admin:internships_placement_changelist", "internships.view_placement"),
            _item(
                _("Board of stays"), "view_kanban", "admin:internships_placement_board", "internships.view_placement"
            ),
            _item(
                _("Attendance sheets"),
                "calendar_month",
                "admin:internships_attendancesheet_changelist",
                "internships.view_attendancesheet",
            ),
            _item(
                _("Certificates"),
                "workspace_premium",
                "admin:internships_certificate_changelist",
                "internships.view_certificate",
            ),
            _item(
                _("Word templates"),
                "description",
                "admin:internships_papertemplate_changelist",
                "internships.view_papertemplate",
            ),
        ],
    },
    {
        "title": _("Subsidies"),
        "separator": True,
        "items": [
            _item(_("Policies"), "gavel", "admin:subsidies_policy_changelist", "subsidies.view_policy"),
            _item(_("Schemes"), "category", "admin:subsidies_scheme_changelist", "subsidies.view_scheme"),
            _item(_("Claims"), "payments", "admin:subsidies_claim_changelist", "subsidies.view_claim"),
            _item(_("Desk of reviews"), "fact_check", "admin:subsidies_review_desk", "subsidies.view_claimduty"),
            _item(
                _("Public notices"),
                "campaign",
                "admin:subsidies_publicnotice_changelist",
                "subsidies.view_publicnotice",
            ),
            _item(
                _("Objections to notices"),
                "gavel",
                "admin:subsidies_noticeobjection_changelist",
                "subsidies.view_noticeobjection",
            ),
            _item(_("Duty matrix"), "grid_on", "admin:subsidies_duty_matrix", "subsidies.view_claimduty"),
            _item(_("Milestones"), "flag", "admin:subsidies_milestone_changelist", "subsidies.view_milestone"),
            _item(
                _("Bank accounts"),
                "credit_card",
                "admin:subsidies_bankaccount_changelist",
                "subsidies.view_bankaccount",
            ),
            _item(
                _("Lists of other schemes"),
                "difference",
                "admin:subsidies_outsidelist_changelist",
                "subsidies.view_outsidelist",
            ),
        ],
    },
    {
        "title": _("Payments"),
        "separator": True,
        "items": [
            _item(
                _("Payment batches"),
                "payments",
                "admin:subsidies_paymentbatch_changelist",
                "subsidies.view_paymentbatch",
            ),
            _item(
                _("Register of payments"),
                "receipt_long",
                "admin:subsidies_paymentline_changelist",
                "subsidies.view_paymentline",
            ),
            _item(
                _("Budget lines"),
                "account_balance_wallet",
                "admin:subsidies_budgetline_changelist",
                "subsidies.view_budgetline",
            ),
            _item(_("Ledger"), "menu_book", "admin:subsidies_journal_changelist", "subsidies.view_journal"),
            _item(_("Money asked back"), "undo", "admin:subsidies_recovery_changelist", "subsidies.view_recovery"),
            _item(
                _("Reports"),
                "bar_chart",
                "admin:subsidies_paymentbatch_reports",
                "subsidies.view_budgetline",
                any_of=("organisations.see_every_row", "subsidies.see_every_claim"),
            ),
            _item(
                _("Auditor's packs"),
                "folder_zip",
                "admin:subsidies_auditpack_changelist",
                "subsidies.view_auditpack",
            ),
        ],
    },
    {
        "title": _("Units"),
        "separator": True,
        "items": [
            _item(
                _("Universities, units, hosts"),
                "account_balance",
                "admin:organisations_organisation_changelist",
                "organisations.view_organisation",
                any_of=("organisations.see_every_row", "bases.view_base"),
            ),
            _item(
                _("Who belongs where"),
                "badge",
                "admin:organisations_membership_changelist",
                "organisations.view_membership",
            ),
        ],
    },
    {
        "title": _("Sheets"),
        "separator": True,
        "items": [
            _item(
                _("Imports"),
                "upload_file",
                "admin:spreadsheets_importrun_changelist",
                "spreadsheets.view_importrun",
            ),
            _item(
                _("Exported files"),
                "download",
                "admin:spreadsheets_exportfile_changelist",
                "spreadsheets.view_exportfile",
            ),
        ],
    },
    {
        "title": _("Public pages"),
        "separator": True,
        "items": [_item(_("Guides"), "menu_book", "admin:pages_guide_changelist", "pages.view_guide")],
    },
    {
        "title": _("Reminders and messages"),
        "separator": True,
        "items": [
            _item(_("Reminder runs"), "notifications", "admin:reminders_scanrun_changelist", "reminders.view_scanrun"),
            _item(
                _("Outgoing messages"),
                "outgoing_mail",
                "admin:notifications_message_changelist",
                "notifications.view_message",
            ),
            _item(
                _("Working-day calendar"),
                "calendar_month",
                "admin:reminders_holiday_changelist",
                "reminders.view_holiday",
            ),
        ],
    },
    {
        "title": _("Accounts and audit"),
        "separator": True,
        "items": [
            _item(_("Accounts and roles"), "manage_accounts", "admin:accounts_user_changelist", "accounts.view_user"),
            _item(_("Audit"), "policy", "admin:audit_auditentry_changelist", "audit.view_auditentry"),
            _item(_("Retention times"), "auto_delete", "admin:audit_auditentry_retention", "audit.view_retention"),
        ],
    },
]

UNFOLD: dict[str, object] = {
    "SITE_TITLE": _("Wenxi county–university cooperation"),
    "SITE_HEADER": _("Wenxi county–university cooperation"),
    "SITE_SUBHEADER": _("Staff desk"),
    "SITE_URL": reverse_lazy("pages:home"),
    "SITE_ICON": _asset("seal.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _asset("seal.svg")}],
    "STYLES": [
        _asset("admin.css"),
        lambda _request: static("talent_admin/talent.css"),
        lambda _request: static("internships_admin/care.css"),
        lambda _request: static("internships_admin/stays.css"),
        lambda _request: static("subsidies_admin/payments.css"),
        lambda _request: static("subsidies_admin/reviews.css"),
        lambda _request: static("subsidies_admin/money.css"),
    ],
    "SCRIPTS": [_asset("admin.js"), lambda _request: static("talent_admin/log.js")],
    "ACCOUNT": {"navigation": [{"title": _("My account"), "link": reverse_lazy("accounts:me")}]},
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": True,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "6px",
    "COLORS": {
        # Warm greys: paper to ink, instead of the theme's blue ones.
        "base": {
            "50": "#fbf8f3",
            "100": "#f4eee3",
            "200": "#e3d9c8",
            "300": "#cfc5b3",
            "400": "#a39d90",
            "500": "#6b675e",
            "600": "#4d4f50",
            "700": "#373d43",
            "800": "#272d33",
            "900": "#1b2025",
            "950": "#14181c",
        },
        # Vermilion, the colour of the seal. 600 carries white text at 6:1, 500 stands on ink in the dark at 5:1.
        "primary": {
            "50": "#fdf3f1",
            "100": "#f9eae5",
            "200": "#f3cfc8",
            "300": "#eab0a6",
            "400": "#f2938a",
            "500": "#e9776c",
            "600": "#b8322a",
            "700": "#96261f",
            "800": "#7a1f1a",
            "900": "#5f1a16",
            "950": "#38211f",
        },
        "font": {
            "subtle-light": "#5f5c54",
            "subtle-dark": "#b4babe",
            "default-light": "#3c4249",
            "default-dark": "#d8d4ca",
            "important-light": "#1f2933",
            "important-dark": "#ece6da",
        },
    },
    "SIDEBAR": {
        "show_search": False,
        "command_search": False,
        "show_all_applications": False,
        "navigation": _GROUPS,
    },
}
