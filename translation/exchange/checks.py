"""Checks of imported texts. A text with an error is not imported; warnings are for the translator to judge."""

import re
from collections import Counter
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from translate.filters.checks import CheckerConfig, StandardChecker
from translate.storage.base import TranslationUnit
from wagtail_localize.strings import StringValue, extract_ids, validate_translation_links

from translation.control_characters import CONTROL
from translation.exchange.numbers import missing_and_added

# The checks of translate-toolkit that work in the site's languages; its check of numbers does not.
WARNINGS = {
    "urls": gettext_lazy("A web address is missing or different."),
    "emails": gettext_lazy("An email address is missing or different."),
    "printf": gettext_lazy("A placeholder such as %(name)s is missing or different."),
    "pythonbraceformat": gettext_lazy("A placeholder such as {name} is missing or different."),
    "unchanged": gettext_lazy("The text is the same as the source."),
    "endpunc": gettext_lazy("The final punctuation mark differs from the source."),
    "doublewords": gettext_lazy("A word is repeated."),
}
# A "<" that begins no tag: html.parser silently drops or rewrites it.
BROKEN = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")


@dataclass(frozen=True)
class Fault:
    """An error or a warning on an imported text."""

    text: str
    is_error: bool = False


def faults(source: str, target: str, language: str, max_length: int | None = None) -> list[Fault]:
    """Return the errors of a translated text or, if it has none, its warnings. `source` and `target` are strings
    as wagtail-localize stores them: HTML with inline tags, with numbers in place of links. `language` is the
    target's code, `max_length` the most characters without tags."""
    errors = _errors(source, target, max_length)
    if errors:
        return [Fault(text, is_error=True) for text in errors]
    return [Fault(text) for text in _warnings(source, target, language)]


def _errors(source: str, target: str, max_length: int | None) -> list[str]:
    if CONTROL.search(target):
        return [_("The text contains control characters. Remove them.")]
    if BROKEN.search(target) or not _is_balanced(target):
        return [_("Invalid tags: “<” does not begin a tag, or a tag is not closed.")]
    try:
        text = StringValue.from_translated_html(target).render_text()
        validate_translation_links(source, target)
    except ValueError as error:
        return [str(error)]
    errors = []
    if lost := extract_ids(source) - extract_ids(target):
        errors.append(_("The link %(ids)s of the source is missing.") % {"ids": ", ".join(sorted(lost))})
    if max_length and len(text) > max_length:
        lengths = {"count": len(text), "limit": max_length}
        errors.append(_("The text has %(count)d characters. Maximum: %(limit)d.") % lengths)
    return errors


def _warnings(source: str, target: str, language: str) -> list[str]:
    found = []
    if _tags(source) != _tags(target):
        found.append(_("The tags differ from the source."))
    plain_source, plain_target = (StringValue(each).render_text() for each in (source, target))
    missing, added = missing_and_added(plain_source, plain_target)
    if missing:
        found.append(_("Numbers missing: %(figures)s.") % {"figures": ", ".join(missing)})
    if added:
        found.append(_("Numbers not in the source: %(figures)s.") % {"figures": ", ".join(added)})
    if _edges(source) != _edges(target):
        found.append(_("Spaces at the beginning or end differ from the source."))
    unit = TranslationUnit(plain_source)
    unit.target = plain_target
    failed = _checker(language).run_filters(unit)
    return [*found, *(str(text) for name, text in WARNINGS.items() if name in failed)]


def _checker(language: str) -> StandardChecker:
    """Return a new checker. A checker stores the strings that it works on, so that threads must not share one."""
    config = CheckerConfig(targetlanguage=language.replace("-", "_"))
    return StandardChecker(checkerconfig=config, limitfilters=list(WARNINGS))


def _tags(text: str) -> Counter[str]:
    return Counter(tag.name for tag in BeautifulSoup(text, "html.parser").find_all())


def _is_balanced(text: str) -> bool:
    open_tags: list[str] = []
    for closing, name, ending in re.findall(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>", text):
        name = name.lower()
        if name == "br" or ending:
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def _edges(text: str) -> tuple[str, str]:
    """Return the white space at the beginning and at the end."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
