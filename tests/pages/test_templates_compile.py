"""Every template of the portal compiles: a tag library that was renamed is found before a page breaks on it."""

from pathlib import Path

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_every_template_compiles():
    broken = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        try:
            get_template(path.relative_to(TEMPLATES).as_posix())
        except TemplateSyntaxError as error:
            broken.append(f"{path.name}: {error}")
    assert not broken
