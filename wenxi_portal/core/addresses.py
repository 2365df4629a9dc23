"""Finds addresses where somebody lives: a place, a street or village, and a number of a house, a stair or a flat."""

import re
import unicodedata
from typing import Final

_NUMBER: Final = r"[0-9A-Za-z〇零一二三四五六七八九十百甲乙丙丁]{1,6}(?:[-至~][0-9A-Za-z]{1,5}){0,3}"
_HAN: Final = r"[\u4e00-\u9fff0-9]"
_PLACE: Final = rf"(?:[省市县区镇乡]|街道|自治州){_HAN}{{0,24}}?"
_WAY: Final = rf"(?:[路街巷里弄村庄屯组]|大道|胡同|小区|社区|花园|家园|公寓|宿舍|新村|[苑园湾院]){_HAN}{{0,6}}?"
_HOUSE: Final = r"(?:号院|号楼|号|单元|[栋幢座]|[室户楼层组]|院)"
# A document number (〔2021〕5号) and a telephone have no street before them.
_AT_A_HOUSE = re.compile(rf"{_PLACE}{_WAY}(?:第)?{_NUMBER}{_HOUSE}(?!窗口|线|文|令|公告|通知|岗位|批次)")
_FLAT = re.compile(rf"{_NUMBER}(?:号楼|[栋幢座]|单元).{{0,4}}?{_NUMBER}(?:单元|[室户号层])")
_LIVES = re.compile(rf"(?:住址|家庭地址|户籍地址|户籍所在地|现住|居住地|通讯地址|家住)(?:是|为|在)?{_HAN}{{4,}}")
_KEPT: Final = frozenset("LN")


def has_address(text: str) -> bool:
    """Tell whether ``text`` holds an address down to the house, the stair or the flat, or one that is named as such."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign)[0] in _KEPT or sign in "-~"
    )
    return any(pattern.search(plain) for pattern in (_AT_A_HOUSE, _FLAT, _LIVES))
