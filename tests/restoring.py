"""After a test with transactions of its own the database stands again as it was migrated.

Django empties every table by TRUNCATE and writes content types, permissions and role groups anew; with some two hundred
tables that takes longer than most of the tests. Here only the tables that a test changed are touched: what the
migrations filled (roles, holidays, ...) is compared with a copy and written back when it differs, the others are emptied
when they hold a row.
"""

from typing import Any

from django.db import connection

# Protective triggers forbid to delete what is to be kept for good, and histories would note each deletion.
_PREPARE = """
DROP SCHEMA IF EXISTS as_migrated CASCADE;
CREATE SCHEMA as_migrated;

CREATE FUNCTION as_migrated.digest(kept regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    EXECUTE format('SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")) FROM %s t', kept) INTO found;
    RETURN found;
END $$;

CREATE FUNCTION as_migrated.restore() RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    here regclass;
    kept regclass;
    is_changed boolean;
    changed text[] := '{}';
    name text;
BEGIN
    FOR here, kept IN
        SELECT c.oid, to_regclass(format('as_migrated.%I', c.relname))
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'django_migrations'
    LOOP
        IF kept IS NULL THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', here) INTO is_changed;
        ELSE
            is_changed := as_migrated.digest(here) IS DISTINCT FROM as_migrated.digest(kept);
        END IF;
        IF is_changed THEN
            changed := changed || here::text;
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    FOREACH name IN ARRAY changed LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', name);
    END LOOP;
    FOREACH name IN ARRAY changed LOOP
        EXECUTE format('DELETE FROM %s', name);
    END LOOP;
    FOREACH name IN ARRAY changed LOOP
        kept := to_regclass('as_migrated.' || name);
        IF kept IS NOT NULL THEN
            EXECUTE format('INSERT INTO %s SELECT * FROM %s', name, kept);
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH name IN ARRAY changed LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', name);
    END LOOP;
    RETURN changed;
END $$;

DO $$
DECLARE name text; is_filled boolean;
BEGIN
    FOR name IN
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'django_migrations'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO is_filled;
        IF is_filled THEN
            EXECUTE format('CREATE TABLE as_migrated.%1$I AS TABLE public.%1$I', name);
        END IF;
    END LOOP;
END $$;
"""


def remember() -> None:
    """Keep a copy of what the migrations filled."""
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE)


def restore(*_case: Any) -> list[str]:
    """Undo what a test did; return the names of the tables that it had changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT as_migrated.restore()")
        (changed,) = cursor.fetchone()
    return changed
