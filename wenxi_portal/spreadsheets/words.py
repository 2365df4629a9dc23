"""Words of a sheet made comparable, and the lines of an office sheet that are no records."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOISE = re.compile(r"[\s*:：。、_\-·]+")
# Headings that every office sheet has and that hold nothing to bring in.
NUMBERING = frozenset({"序号", "编号", "行号", "no", "no.", "#"})
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|total)(?:[:：\d].*)?", re.IGNORECASE)
# No total and no sign-off line is without one of these, full width or half.
_MARKS = re.compile(r"[计:：]|[tｔＴ]", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"(?:填表人|制表人|填报人|审核人|审核|负责人|经办人|单位负责人|填表日期|填报日期|说明|备注|注|"
    r"filled in by|checked by)\s*[:：].*",
    re.IGNORECASE | re.DOTALL,
)


def key_of(words: str) -> str:
    """Return ``words`` as compared: half width, lower case, without blanks, stars and remarks in brackets."""
    folded = unicodedata.normalize("NFKC", words).lower()
    bare = _NOISE.sub("", _BRACKETS.sub("", folded))
    return bare or _NOISE.sub("", folded)


def is_foot(cells: Sequence[Any]) -> bool:
    """Tell whether a row is the total or the sign-off line: it begins with 合计, 填表人： and their like."""
    first = next((cell for cell in cells if cell not in {None, ""}), "")
    if not isinstance(first, str) or not _MARKS.search(first):
        return False
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", first))
    return bool(_TOTAL.fullmatch(bare) or _SIGN_OFF.fullmatch(unicodedata.normalize("NFKC", first).strip()))
