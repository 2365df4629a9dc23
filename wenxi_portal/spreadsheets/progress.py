"""Where the progress of a running transaction is told: it cannot be read from its own uncommitted rows."""


def progress_key(run_id: int) -> str:
    """Return where the number of rows written so far is kept while the transaction is open."""
    return f"spreadsheets:applied:{run_id}"
