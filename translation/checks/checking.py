"""The one function by which texts are checked: while somebody types, when a translation is submitted and
reviewed, and when a file is imported."""

from functools import lru_cache

from django.utils.translation import get_language

from translation.checks.finding import Finding
from translation.checks.markup import UNREADABLE, errors_of, inline_tags, plain
from translation.checks.terms import terms
from translation.checks.wording import spaces, without_names, wording
from translation.glossary.index import Index, index_of


def findings(
    source: str,
    text: str,
    language: str,
    max_length: int | None = None,
    glossary: Index | None = None,
    is_one_line: bool = False,
) -> list[Finding]:
    """Return what is wrong or doubtful about a translated text; of one that cannot be read as HTML only why.
    `source` and `text` are strings as wagtail-localize stores them: HTML with inline tags, with numbers in place
    of links. `language` is the code of the text's language, `max_length` the most characters without tags,
    `is_one_line` says that it may have no line break that the source has not. Who checks many texts hands over the
    `glossary` of the language (`index_of`)."""
    index = index_of(language) if glossary is None else glossary
    return list(_findings(source, text, language, max_length, is_one_line, index, get_language()))


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
