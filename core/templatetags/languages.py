"""Tags and filters for texts in several languages and directions."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.languages import bidi, cldr
from core.languages.site_languages import InLanguage, Language, Words, active_code, current_language
from core.stamps.kept import kept

register = template.Library()


@register.simple_tag
def page_language() -> Language:
    """Return the active language of the site."""
    return current_language()


@register.simple_tag
def assets(language: Language) -> SafeString:
    """Return the links to what every page of a language loads: style sheets, font, icons."""
    return kept(("assets", language), lambda: render_to_string("components/assets.html", {"language": language}))


@register.simple_tag
def comma(code: str = "") -> str:
    """Return the comma that lists have in the active language or the language `code`."""
    return cldr.comma(code or active_code())


@register.filter
def own_language(piece: InLanguage | str) -> SafeString | str:
    """Return the attributes `lang` and `dir` for an element whose text is in a fallback language, other than the
    page; empty otherwise, and for plain strings. Do not use it for elements that also contain texts of the
    interface."""
    if isinstance(piece, InLanguage) and piece.is_fallback:
        return format_html(' lang="{}" dir="{}"', piece.lang, piece.dir)
    return ""


@register.filter
def in_own_language(words: Words | str) -> SafeString:
    """Return a text, escaped, in a span with `lang` and `dir` if it is in another language than the page."""
    if attributes := own_language(words):
        return format_html("<span{}>{}</span>", attributes, words)
    return escape(words) if isinstance(words, Words) else conditional_escape(words)


@register.filter
def dir_for(text: str, language: Language) -> str:
    """Return the value of `dir` for an element with a text in a language: "ltr" for one in Latin letters alone."""
    return bidi.direction_of(text, language.dir)


@register.filter(is_safe=True)
def isolated(html: str) -> SafeString:
    """Return HTML, marked as safe, with numbers and addresses isolated in right-to-left text (see
    `core.languages.bidi`)."""
    return mark_safe(bidi.isolated_html(html, current_language().dir))


@register.filter
def isolated_text(text: str) -> str:
    """Return a plain text, such as a title or an attribute, with numbers and addresses isolated by characters if
    the active language is right-to-left."""
    return bidi.isolated(str(text)) if current_language().dir == "rtl" else text


@register.filter
def embedded(text: object) -> str:
    """Return a text that a sentence of the interface takes in, which cannot contain elements: see
    `core.languages.bidi.embedded`."""
    return bidi.embedded(text)
