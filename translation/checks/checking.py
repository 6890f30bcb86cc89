"""The one function by which texts are checked: while somebody types, when a translation is submitted and
reviewed, and when a file is imported."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.consent.same_words import SameWords
from core.consent.withheld import withheld_words
from translation.checks.finding import Code, Finding
from translation.checks.markup import UNREADABLE, errors_of, inline_tags
from translation.checks.terms import terms
from translation.checks.wording import spaces, without_names, wording
from translation.glossary.index import Index, index_of
from translation.plain import plain
from translation.withheld import is_withheld


@dataclass(frozen=True)
class Basis:
    """What the texts of a language are checked against: the glossary, and the words that were withdrawn."""

    glossary: Index
    withheld: SameWords = field(default_factory=lambda: SameWords(()))


def basis_of(language: str) -> Basis:
    """Return the basis for a language as it is now (one query, and those of `index_of`)."""
    return Basis(index_of(language), withheld_words())


def findings(
    source: str,
    text: str,
    language: str,
    max_length: int | None = None,
    basis: Basis | None = None,
    is_one_line: bool = False,
) -> list[Finding]:
    """Return what is wrong or doubtful about a translated text; of one that cannot be read as HTML only why.
    `source` and `text` are strings as wagtail-localize stores them: HTML with inline tags, with numbers in place
    of links. `language` is the code of the text's language, `max_length` the most characters without tags,
    `is_one_line` says that it may have no line break that the source has not. Who checks many texts hands over the
    `basis` for the language."""
    basis = basis or basis_of(language)
    found = _findings(source, text, language, max_length, is_one_line, basis.glossary, get_language())
    return [*found, *_withdrawn(text, basis.withheld)]


def _withdrawn(text: str, withheld: SameWords) -> list[Finding]:
    if not is_withheld(withheld, [text]):
        return []
    message = _("The text repeats words for which consent was withdrawn. Remove the words.")
    return [Finding(Code.WITHDRAWN, message, is_blocking=True)]


@lru_cache(maxsize=10_000)
def _findings(
    source: str,
    text: str,
    language: str,
    max_length: int | None,
    is_one_line: bool,
    glossary: Index,
    _messages_in: str | None,
) -> tuple[Finding, ...]:
    """Return what `findings` says: a page is checked whole each time that it is opened."""
    errors = errors_of(source, text, max_length, is_one_line)
    if not text or any(each.code in UNREADABLE for each in errors):
        return tuple(errors)
    read = plain(source), plain(text)
    return (
        *errors,
        *inline_tags(source, text),
        *wording(*read, language),
        *spaces(source, text),
        *terms(without_names(read[0]), read[1], glossary),
    )
