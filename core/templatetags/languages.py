from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def own_language(card) -> SafeString | str:
    """The attributes of a piece that stands in for one that the reader's language lacks."""
    return format_html(' lang="{}" dir="{}"', card.lang, card.dir) if card.is_fallback else ""
