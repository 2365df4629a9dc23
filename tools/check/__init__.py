"""``make check``: everything that can be checked without running the portal."""
