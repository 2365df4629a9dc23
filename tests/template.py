"""One migrated database a run, of which every worker's database is a copy.

Migrating takes many times as long as copying. The controlling process begins as soon as it knows that there will be
workers, while they still read the tests; whoever needs the database first waits for it, or makes it.
"""

import os
import subprocess
import sys
from threading import Thread
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from wenxi_portal.embedded.places import PROJECT_ROOT

_NAME = "TEST_TEMPLATE"
_LOCK = 20_260_901


def begin() -> None:
    """Make the database anew beside everything else, and let the workers know its name."""
    os.environ[_NAME] = name = f"test_{urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}_template"
    drop()
    Thread(target=_make, args=[name], daemon=True).start()


def await_name() -> str | None:
    """Return the name of the migrated database when it is ready; None where nobody began one."""
    name = os.environ.get(_NAME)
    if name:
        _make(name)
    return name


def drop() -> None:
    """Remove the database, for the sake of servers that outlive the run; a run cut short may still be making it."""
    name = os.environ.get(_NAME)
    if name:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            for each in (name, _unfinished(name)):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(each)))


def _make(name: str) -> None:
    """Migrate a new database and give it its name at the end, unless somebody has: then it is complete."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        ready, raw = sql.Identifier(name), sql.Identifier(_unfinished(name))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(raw))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(raw))
        url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_unfinished(name)}"))
        command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=PROJECT_ROOT, env=os.environ | {"DATABASE_URL": url}, check=True)
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(raw, ready))


def _unfinished(name: str) -> str:
    return f"{name}_unfinished"
