"""The embedded PostgreSQL and Valkey: start, stop, where they live. Knows nothing of Django."""
