"""How long records are kept, and which kinds are erased by the clock. Nothing is, until the county names it here."""

from wenxi_portal.settings import env

# Names of kinds (`manage.py retention` lists them), or "all". Empty: dry run only.
RETENTION_APPLIED = env.words("RETENTION_APPLIED")

# Days. Sample parameters (示例参数), but for the year that logs, and the ten that papers of money are kept at least.
_DAYS = {
    "registrations_refused": 180,
    "registrations_accepted": 365,
    "contacts": 5 * 365,
    "self_checks": 3 * 365,
    "messages": 365,
    "left_views": 180,
    "nominations": 180,
    "applications_unsuccessful": 180,
    "student_papers": 365,
    "students": 3 * 365,
    "bank_accounts": 30 * 365,
    "bank_accounts_unpaid": 365,
    "notice_names": 30 * 365,
    "objectors": 180,
    "reminders": 2 * 365,
    "deadlines": 2 * 365,
    "audit": 3 * 365,
    "reveals": 5 * 365,
}
RETENTION_DAYS = {name: env.number(f"RETENTION_{name.upper()}_DAYS", days) for name, days in _DAYS.items()}
