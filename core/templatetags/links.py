from django import template
from django.template import Context
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from core.links import Links

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context: Context, text: RichText | str) -> SafeString:
    """Rich text with the page's links; in a preview, which stands on no page, with its own."""
    html = text.source if isinstance(text, RichText) else text or ""
    return (context.get("links") or Links.of_text(html)).rich_text(html)
