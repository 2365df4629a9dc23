"""``{% stylesheet 'scss/portal.scss' %}``: the link to a built style sheet."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_vite.core.asset_loader import DjangoViteAssetLoader

register = template.Library()


@register.simple_tag
def stylesheet(source: str) -> SafeString:
    """Return a link to the style sheet built from ``static/src/<source>``; raises when it has not been built."""
    url = DjangoViteAssetLoader.instance().generate_vite_asset_url(source)
    return format_html('<link rel="stylesheet" href="{}">', url)
