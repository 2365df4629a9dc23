"""The throw-away servers of this very run."""

import os

import psycopg
import redis


def test_the_run_has_a_database_with_the_extensions_the_portal_needs():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        encoding = connection.execute("SHOW server_encoding").fetchone()
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert encoding == ("UTF8",)
    assert superuser == (False,)


def test_the_run_has_a_valkey():
    with redis.from_url(os.environ["REDIS_URL"]) as client:
        assert client.ping()
