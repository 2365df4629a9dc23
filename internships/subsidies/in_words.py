"""Amounts as papers of the treasury write them: 大写 (rules of the People's Bank of China for bills, 1997)."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = Decimal(10) ** 16


def in_words(amount: Decimal) -> str:
    """Return ``amount`` yuan in 大写: 1409.50 is 壹仟肆佰零玖元伍角整, 2000 贰仟元整.

    One 零 stands for any run of zeros between digits. 整 closes what ends in yuan or in jiao. Raises ``ValueError``
    for a negative or absurd amount, and for one with parts of a fen.
    """
    if not amount.is_finite() or not 0 <= amount < MOST or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("An amount in yuan and fen, not negative.")
    yuan, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if not cents:
        return f"{words or '零元'}整"
    # 零 where a place between two digits is empty: after yuan that end in zero as well.
    gap = "零" if words and (not jiao or yuan % 10 == 0) else ""
    return words + gap + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, gap = "", False
    for at in reversed(range(len(groups))):
        group = groups[at]
        if not group:
            gap = bool(words)
            # 万亿 is said whole only where 亿 has digits of its own.
            if at == 2 and len(groups) == 4:
                words += "亿"
            continue
        if words and (gap or group < 1000):
            words += "零"
        unit = "万" if at == 3 else GROUPS[at]
        words += _group(group) + unit
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return words
