"""Who may see how the reminders run and keep the working-day calendar."""

from wenxi_portal.accounts.enums import Role

VIEW = {"reminders.view_scanrun", "reminders.view_holiday", "reminders.view_ledgerentry"}
SETTLE = "reminders.settle_deadline"

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: VIEW | {"reminders.change_holiday", SETTLE},
    Role.LEAD_UNIT_OFFICER: {"reminders.view_holiday", "reminders.view_ledgerentry", SETTLE},
    Role.AUDITOR: VIEW,
    Role.SYSTEM_ADMINISTRATOR: {"reminders.view_scanrun", "reminders.view_holiday", "reminders.change_holiday"},
}
