"""Who appears in the demonstration."""

from dataclasses import dataclass

from wenxi_portal.accounts.enums import Role
from wenxi_portal.pages.enums import DemoRole

# The lead unit of the article's own example, so that the demonstration shows rows of that unit.
PREFERRED_LEAD_UNIT = "教育局"


@dataclass(frozen=True, slots=True)
class Figure:
    """A fictitious person."""

    name: str
    role: Role
    title: str = ""


FIGURES = {
    DemoRole.ORGANIZATION_DEPARTMENT: Figure("演示·组织部经办人", Role.ORGANIZATION_DEPARTMENT),
    DemoRole.REVIEWER: Figure("演示·组织部复审人", Role.ORGANIZATION_DEPARTMENT),
    DemoRole.LEAD_UNIT: Figure("演示·牵头单位经办人", Role.LEAD_UNIT_OFFICER, "演示经办人"),
    DemoRole.FINANCE: Figure("演示·财政经办人", Role.FINANCE),
    DemoRole.AUDITOR: Figure("演示·审计人员", Role.AUDITOR),
    DemoRole.UNIVERSITY: Figure("演示·高校联络人", Role.UNIVERSITY_LIAISON, "演示联络人"),
    DemoRole.HOST: Figure("演示·用人单位", Role.HOST, "演示负责人"),
    DemoRole.STUDENT: Figure("演示·学生", Role.STUDENT),
}
