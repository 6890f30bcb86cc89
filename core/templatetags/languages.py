from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.languages import bidi, cldr
from core.languages.site_languages import InLanguage, Language, Words, active_code, current_language

register = template.Library()


@register.simple_tag
def page_language() -> Language:
    return current_language()


@register.simple_tag
def comma(code: str = "") -> str:
    """What parts two things of a line in the active language or the one asked for."""
    return cldr.comma(code or active_code())


@register.filter
def own_language(piece: InLanguage | str) -> SafeString | str:
    """The attributes of an element that holds words of a piece in another language than the page's: of each
    such element, and never of one that holds words of the interface as well. Plain text is in the page's."""
    if isinstance(piece, InLanguage) and piece.is_fallback:
        return format_html(' lang="{}" dir="{}"', piece.lang, piece.dir)
    return ""


@register.filter
def in_own_language(words: Words | str) -> SafeString:
    """A run of text amid other text."""
    attributes = own_language(words)
    return format_html("<span{}>{}</span>", attributes, words) if attributes else conditional_escape(words)


@register.filter(is_safe=True)
def isolated(html: str) -> SafeString:
    """Return markup with its numbers and addresses isolated where the text around them runs from right to left."""
    return mark_safe(bidi.isolated_html(html, current_language().dir))


@register.filter
def isolated_text(text: str) -> str:
    """The same for a text that takes no elements: a title, an attribute."""
    return bidi.isolated(str(text)) if current_language().dir == "rtl" else text
