"""The tag that renders rich text."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from core.links import Links

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context: Context, text: RichText | str) -> SafeString:
    """Return rich text as HTML, with its links resolved by the page's `Links` in the context; in a block preview,
    which has none, by its own."""
    html = text.source if isinstance(text, RichText) else text or ""
    return (context.get("links") or Links.of_text(html)).rich_text(html)
