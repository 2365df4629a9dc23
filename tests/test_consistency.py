"""What no single test would notice: the house keeps its own rules."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
OURS = ("wenxi_portal", "talent", "bases", "internships")
# Error pages are found by Django, components by their declaration, the others by the sign-in and admin libraries.
FOUND_BY_NAME = {"429.html", "components", "account", "mfa", "admin", "unfold"}
LONGEST_FILE = 400
LONGEST_COMPONENT = 40

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE = sorted(path for folder in OURS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)

# Handlers and styles in the markup would need a weaker content security policy. The admin's own pages are built
# by a library under a policy of their own.
# A block of JSON is data that a script of ours reads; the policy does not take it for a script.
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*(?:\bsrc=|type=\"application/json\"))", re.IGNORECASE
)
ABSOLUTE = re.compile(r"""(?:href|src|action)=["']/(?!/)""")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_templates_have_nothing_inline_and_no_fixed_address(template):
    if "admin" in template.relative_to(ROOT / "templates").parts[:1]:
        pytest.skip("built under the admin's own policy")
    text = template.read_text(encoding="utf-8")
    assert not INLINE.findall(text)
    assert not ABSOLUTE.findall(text), "the portal may live under a sub-path: use {% url %}"


def test_every_template_is_used():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (*CODE, *TEMPLATES))
    unused = [
        named(path)
        for path in TEMPLATES
        if str(path.relative_to(ROOT / "templates")) not in sources
        and path.relative_to(ROOT / "templates").parts[0] not in FOUND_BY_NAME
    ]
    assert unused == []


def test_components_stay_small():
    long = [named(path) for path in (ROOT / "templates/components").glob("*.html") if lines(path) >= LONGEST_COMPONENT]
    assert long == []


def test_no_file_grows_into_a_heap():
    assert [named(path) for path in CODE if lines(path) > LONGEST_FILE] == []
    assert [named(path) for path in CODE if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_imports_stand_at_the_top():
    inside = re.compile(r"^[ \t]+(?:from [\w.]+ import|import \w)", re.MULTILINE)
    found = [named(path) for path in CODE if path.name != "apps.py" and inside.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_at_most_three_signals():
    connections = sum(path.read_text(encoding="utf-8").count("dispatch_uid=") for path in CODE)
    receivers = sum(len(re.findall(r"^@receiver", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in CODE)
    assert connections + receivers <= 3


def test_only_links_vanish_with_what_they_link():
    """A record that somebody entered is protected; only rows that merely join two others go with one of them."""
    joining = {"baseuniversity", "basecandidatekind", "agreementparty", "agreementbase", "policyhost"}
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and model._meta.model_name not in joining
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    assert found == set()


def test_every_address_has_a_name():
    def unnamed(patterns, prefix=""):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.app_name != "admin" and str(pattern.pattern) != "accounts/":
                    yield from unnamed(pattern.url_patterns, prefix + str(pattern.pattern))
            elif isinstance(pattern, URLPattern) and not pattern.name:
                yield prefix + str(pattern.pattern)

    assert list(unnamed(get_resolver().url_patterns)) == []


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")
