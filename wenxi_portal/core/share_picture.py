"""The picture that a shared page shows in a chat: 1200 × 630 pixels, drawn on the server.

Chinese needs a Chinese font on the server (``PORTAL_CJK_FONT``, or one of the usual packages such as fonts-noto-cjk).
Where there is none, lines with Chinese characters are left out instead of being drawn as empty boxes: the picture then
shows the seal and what is written in Latin letters and digits.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
PAPER, INK, SOFT, VERMILION, GOLD, CREAM = "#fbf8f3", "#1f2933", "#55606a", "#b8322a", "#b5945a", "#fffaf2"
MARGIN, TITLE, LINE, SMALL = 90, 64, 34, 28
MOST_TITLE_LINES = 2
# Side of the seal in pixels; it is drawn so many times larger and made smaller, for smooth strokes.
SEAL, FINER = 72, 4

# Where Debian, Red Hat, openEuler and Kylin put their Chinese fonts, with the face of the simplified one in the file.
_USUAL = (
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
)
# The strokes of static/src/img/seal.svg, on its grid of 48.
_STROKES: tuple[tuple[tuple[float, float], ...], ...] = (
    ((9.5, 8.5), (9.5, 11.7)), ((9, 14.5), (9, 39.5)), ((13.5, 9.5), (21.5, 9.5), (21.5, 39.5)),
    ((11.7, 15.5), (18.6, 15.5)), ((13.3, 15.5), (13.3, 30.5)), ((17.3, 15.5), (17.3, 38)),
    ((13.3, 20.4), (17.3, 20.4)), ((13.3, 25.3), (17.3, 25.3)), ((11.5, 30.7), (19.5, 30.7)),
    ((25.5, 11), (39.5, 11)), ((32.5, 8), (32.5, 15.5)), ((27.5, 15.5), (37.5, 15.5)),
    ((28.5, 19), (36.5, 19), (36.5, 23.8), (28.5, 23.8), (28.5, 19)), ((29.5, 26), (29.5, 29)),
    ((35.5, 26), (35.5, 29)), ((25.5, 30.3), (39.5, 30.3)),
    ((28.5, 33.5), (36.5, 33.5), (36.5, 39), (28.5, 39), (28.5, 33.5)),
)  # fmt: skip
_CHINESE_FROM = "\u2e80"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says: whose it is, the title, lines below it, and a line at its foot."""

    over: str
    title: str
    lines: Sequence[str]
    foot: str


def draw(picture: Picture) -> bytes:
    """Return the picture as PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=VERMILION)
    pen.line((MARGIN, 520, SIZE[0] - MARGIN, 520), fill=GOLD, width=2)
    _seal(image)
    _write(pen, picture.over, 78, LINE, VERMILION)
    top = 140
    for line in _wrapped(pen, picture.title):
        _write(pen, line, top, TITLE, INK)
        top += TITLE + 18
    top += 22
    for line in picture.lines:
        top += (LINE + 20) if _write(pen, line, top, LINE, INK) else 0
    _write(pen, picture.foot, 552, SMALL, SOFT)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def is_drawable(text: str) -> bool:
    """Tell whether the fonts of this server can show ``text``."""
    return bool(text) and (chinese_font() is not None or max(text) < _CHINESE_FROM)


@cache
def chinese_font() -> tuple[str, int] | None:
    """Return file and face of the Chinese font, None where there is none."""
    named = [(settings.PORTAL_CJK_FONT, 0)] if settings.PORTAL_CJK_FONT else []
    return next((found for found in (*named, *_USUAL) if Path(found[0]).is_file()), None)


@cache
def _font(size: int) -> Font:
    found = chinese_font()
    return ImageFont.truetype(found[0], size, index=found[1]) if found else ImageFont.load_default(size)


def _write(pen: ImageDraw.ImageDraw, text: str, top: int, size: int, colour: str) -> bool:
    if not is_drawable(text):
        return False
    pen.text((MARGIN, top), _fitted(pen, text, size), font=_font(size), fill=colour)
    return True


def _fitted(pen: ImageDraw.ImageDraw, text: str, size: int) -> str:
    """Return ``text``, cut with an ellipsis where the line is too short for it."""
    if pen.textlength(text, font=_font(size)) <= _width():
        return text
    while text and pen.textlength(f"{text}…", font=_font(size)) > _width():
        text = text[:-1]
    return f"{text}…"


def _wrapped(pen: ImageDraw.ImageDraw, title: str) -> list[str]:
    """Return the title as at most two lines; the last one is cut when it is written."""
    if not is_drawable(title):
        return []
    first = title
    while pen.textlength(first, font=_font(TITLE)) > _width():
        # English breaks between words, Chinese anywhere.
        space = first.rfind(" ")
        first = first[:space] if space > 0 else first[:-1]
    rest = title[len(first) :].strip()
    return [first, rest][: MOST_TITLE_LINES if rest else 1]


def _width() -> int:
    return SIZE[0] - 2 * MARGIN


def _seal(image: Image.Image) -> None:
    """Put the portal's seal, the two characters of the county's name, at the foot on the right."""
    seal = Image.new("RGB", (SEAL * FINER, SEAL * FINER), PAPER)
    pen, scale = ImageDraw.Draw(seal), SEAL * FINER / 48
    pen.rounded_rectangle((0, 0, 48 * scale, 48 * scale), radius=5 * scale, fill=VERMILION)
    frame = tuple(at * scale for at in (3.5, 3.5, 44.5, 44.5))
    pen.rounded_rectangle(frame, radius=2.5 * scale, outline=CREAM, width=round(scale))
    for stroke in _STROKES:
        points = [(x * scale, y * scale) for x, y in stroke]
        pen.line(points, fill=CREAM, width=round(2 * scale), joint="curve")
    small = seal.resize((SEAL, SEAL), Image.Resampling.LANCZOS)
    image.paste(small, (SIZE[0] - MARGIN - SEAL, 536))
