"""Text that a spreadsheet program must not take for a formula."""

DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767


def neutralise(text: str) -> str:
    """Return ``text`` so that no program runs it: an apostrophe goes before a first ``=``, ``+``, ``-`` or ``@``.

    Excel itself is told by the cell type; the apostrophe keeps the text harmless when the sheet is saved as CSV.
    Signs that no sheet can hold are dropped, and what is longer than a cell is cut.
    """
    clean = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    if clean.lstrip().startswith(DANGEROUS_STARTS):
        clean = f"'{clean}"
    return clean[:LONGEST_CELL]
