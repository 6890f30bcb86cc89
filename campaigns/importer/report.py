"""The report of an import for the terminal."""

from collections.abc import Iterable, Iterator

from campaigns.importer.draft import DraftQuote, StoryDraft
from campaigns.importer.proposals import proposed
from campaigns.importer.recognise import Known, Recognised
from campaigns.importer.story_import import Outcome
from campaigns.models.quote import WhoSpeaks

_LABEL_WIDTH = 11
_SHOWN_LENGTH = 70


def report(outcome: Outcome, dry_run: bool = False) -> Iterator[str]:
    """Yield the lines of the report on one file: the headline with its status and, if the file was read, what was
    recognised, what to check and what was left out. `dry_run` changes the wording only."""
    yield _headline(outcome, dry_run)
    if outcome.draft and outcome.found:
        yield from _labelled(_recognised(outcome.draft, outcome.found))
        yield from _labelled(("Check", doubt) for doubt in doubts(outcome.draft, outcome.found))
        yield from _labelled(_left_out(outcome.draft))


def _headline(outcome: Outcome, dry_run: bool) -> str:
    status = outcome.decision.status.label
    line = f"{outcome.path}: {f'would be {status}' if dry_run else status}"
    if outcome.page and outcome.draft:
        line += f" as a draft, page {outcome.page.pk}"
    return f"{line} ({outcome.decision.reason})" if outcome.decision.reason else line


def _labelled(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield pairs of label and value as lines. A label that is repeated in the next line is shown once."""
    previous = ""
    for label, value in rows:
        yield f"  {'' if label == previous else label:<{_LABEL_WIDTH}}{value}"
        previous = label


def _recognised(draft: StoryDraft, found: Recognised) -> Iterator[tuple[str, str]]:
    yield "Title", draft.title
    places = " / ".join(", ".join(filter(None, (place.name, place.country))) for place in draft.places)
    yield "Dateline", " · ".join(filter(None, (places, str(draft.date or "")))) or "none"
    yield "Text", _count(len(draft.paragraphs), "paragraph")
    for label, rows in (
        ("Campaigns", found.campaigns),
        ("Projects", found.projects),
        ("Partners", found.partners),
        ("Topics", found.topics),
    ):
        yield label, _titles(rows)
    for theme in draft.themes:
        yield "Theme", f"“{theme}”"
    for quote in draft.quotes:
        yield "Quote", f"“{_short(quote.text)}” — {_speaker(quote)}"


def _titles(rows: list[Known]) -> str:
    return "; ".join(row.title for row in rows) or "none"


def _speaker(quote: DraftQuote) -> str:
    return ", ".join(filter(None, (quote.speaker.name, quote.speaker.role))) or "speaker unknown"


def doubts(draft: StoryDraft, found: Recognised) -> Iterator[str]:
    """Yield the messages about what an editor should check: the draft's own, a missing campaign or topic, each
    quote whose speaker has to be decided, and unknown acronyms."""
    yield from draft.doubts
    if not found.campaigns and not found.topics:
        yield "No campaign or topic recognised: choose one before publishing"
    for quote in draft.quotes:
        if doubt := _quote_doubt(quote):
            yield f"“{_short(quote.text)}”: {doubt}"
    if found.unknown_acronyms:
        yield f"Unknown acronyms: {', '.join(found.unknown_acronyms)}"


def _quote_doubt(quote: DraftQuote) -> str:
    if not quote.speaker.known:
        return "no speaker is named: the words stay in the text and need consent"
    if quote.speaker.is_minor:
        return (
            f"the speaker is a minor of {quote.speaker.age}: choose the kind of speaker and add the consent form"
        )
    proposal = proposed(quote.speaker)
    if proposal.who_speaks == WhoSpeaks.OFFICIAL:
        office = f"public official (by the words “{proposal.words}”)"
        return f"proposed: {office}; choose the kind of speaker before publishing"
    return "choose the kind of speaker and add the consent form before publishing"


def _left_out(draft: StoryDraft) -> Iterator[tuple[str, str]]:
    if draft.menu:
        yield "Left out", f"{_count(len(draft.menu), 'line')} before the title, from “{_short(draft.menu[0])}”"
    for line in draft.left_out:
        yield "Left out", f"“{_short(line)}”"
    for quote in draft.quotes:
        if quote.speaker.known and quote.speaker.attribution != _speaker(quote):
            yield "Of this", f"only name and role were kept: “{_short(quote.speaker.attribution, 140)}”"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _short(text: str, length: int = _SHOWN_LENGTH) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
