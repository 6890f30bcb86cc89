"""Separation of a story's text from its quotes, so that the words of a quote are stored only in the quote and a
withdrawal of consent removes them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from campaigns.importer.draft import DraftQuote
from campaigns.importer.sentences import first_sentence
from campaigns.importer.stretches import Stretch, stretches

_ENDS_OF_SENTENCE = tuple('.!?…:”“»"')
_AFTER_QUOTE = " .,;:—–"


def split_at_quotes(
    paragraphs: Sequence[str], quotes: Sequence[DraftQuote]
) -> tuple[list[str | DraftQuote], list[str]]:
    """Return the text and the quotes in their order, and the remaining parts of sentences that belong to neither.
    Quotes without a known speaker stay in the text; attributions of the others are left out."""
    known = (quote for quote in quotes if quote.speaker.known)
    by_paragraph = {position: list(group) for position, group in groupby(known, key=lambda q: q.paragraph)}
    body: list[str | DraftQuote] = []
    rests: list[str] = []
    reached = 0
    for stretch in stretches(paragraphs):
        if stretch.position < reached:
            continue
        reached = stretch.position + stretch.count
        placed = by_paragraph.get(stretch.position, [])
        if not placed:
            body += paragraphs[stretch.position : reached]
            continue
        reached += placed[-1].signed
        body += _parts(stretch, placed, rests)
    return body, rests


def _parts(stretch: Stretch, quotes: Sequence[DraftQuote], rests: list[str]) -> Iterator[str | DraftQuote]:
    """Yield the text and the quotes of a stretch without their attributions, and add the remaining parts of
    sentences to `rests`."""
    at = 0
    for quote, following in zip(quotes, [*quotes[1:], None], strict=True):
        if (before := stretch.text[at : max(at, quote.start)].rstrip(" ,—–")) and _says_something(before):
            yield before.lstrip()
        yield quote
        at = max(at, quote.end)
        between = stretch.text[at : following.start if following else len(stretch.text)]
        if rest := _rest_of_sentence(stretch.text[:at], between):
            rests.append(rest)
            at += between.find(rest) + len(rest)
        else:
            at += len(between) - len(between.lstrip(_AFTER_QUOTE))
    if _says_something(stretch.text[at:]):
        yield stretch.text[at:].strip()


def _rest_of_sentence(before: str, text: str) -> str:
    """Return the start of the `text` after a quote that completes the quote's sentence; an empty string if
    `before` ends a sentence and the text does not go on in lower case."""
    words = text.lstrip(_AFTER_QUOTE)
    goes_on = words[:1].islower() or not before.rstrip().endswith(_ENDS_OF_SENTENCE)
    return first_sentence(words) if goes_on and _says_something(words) else ""


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))
