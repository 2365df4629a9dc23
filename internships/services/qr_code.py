"""A QR code as a PNG image, without an image library: one bit a pixel."""

import struct
import zlib

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

SCALE = 8
BORDER = 4


def qr_png(text: str) -> bytes:
    """Return the code of ``text``, eight pixels a module."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    code.add_data(text)
    code.make(fit=True)
    rows = [[dark for dark in row for _copy in range(SCALE)] for row in code.get_matrix()]
    side = len(rows) * SCALE
    lines = b"".join((b"\0" + _packed(row)) * SCALE for row in rows)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(lines)) + _chunk(b"IEND", b"")


def _packed(row: list[bool]) -> bytes:
    """Return a line of pixels, eight in a byte; a dark module is a zero."""
    bits = "".join("0" if dark else "1" for dark in row)
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
