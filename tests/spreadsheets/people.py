"""Rosters of people as offices send them."""

from datetime import date
from typing import Any

from tests.factories.talent import id_number

PEOPLE = "talent.person"
HEADER = [
    "姓名", "身份证号", "手机号", "籍贯乡镇", "现工作单位", "职务", "城市", "毕业院校", "学历", "入学时间", "专业领域",
    "沟通语言", "所属数据库",
]  # fmt: skip
MOBILE = "13800000001"


def number(born: date = date(1999, 3, 5), **kwargs: Any) -> str:
    """Return an ID number of nobody that does not end like those that Excel has cut."""
    while (found := id_number(born, **kwargs)).endswith("000"):
        continue
    return found


def row(document: str, name: str = "测试甲", mobile: str = MOBILE) -> list[str]:
    """Return a full row under HEADER."""
    return [
        name, document, mobile, "示例镇", "示例公司", "工程师", "太原市", "示例大学", "本科", "2018", "遥感、地理", "普通话",
        "在外人才",
    ]  # fmt: skip


def told(run) -> dict[int, set[str]]:
    """Return the columns with problems, by row."""
    return {line.number: {column for column, *_rest in line.problems} for line in run.rows.filter(kind="error")}
