"""The parser of stories. It does not use the database."""

from collections.abc import Set

from campaigns.importer.dateline import date_in_sentence, parse_dateline
from campaigns.importer.draft import StoryDraft
from campaigns.importer.layout import Layout, find_story
from campaigns.importer.mojibake import looks_damaged
from campaigns.importer.parts import split_at_quotes
from campaigns.importer.quotes import MOST_QUOTES, find_quotes
from campaigns.importer.sentences import first_sentence, summarise


def read_story(text: str, places: Set[str] = frozenset()) -> StoryDraft:
    """Return the parsed story of a plain text, with doubts about what it lacks. `places` are names of places in
    lower case besides the built-in ones. Raise StoryProblem if there is no story."""
    layout = find_story(text, places)
    quotes, themes = find_quotes(layout.paragraphs)
    body, rests = split_at_quotes(layout.paragraphs, quotes)
    draft = StoryDraft(
        title=layout.title,
        paragraphs=layout.paragraphs,
        body=body,
        summary=summarise(next((part for part in body if isinstance(part, str)), layout.title)),
        quotes=quotes,
        themes=themes,
        menu=layout.menu,
        left_out=[*layout.left_out],
    )
    draft.doubts += filter(None, [layout.title_doubt])
    _set_place_and_date(draft, layout)
    draft.left_out += rests
    if len(quotes) == MOST_QUOTES:
        draft.doubts.append(f"Only the first {MOST_QUOTES} quotes were read: the others may need consent, too")
    if looks_damaged(text):
        draft.doubts.append("The text contains damaged letters, such as “\ufffd” or “â€”")
    return draft


def _set_place_and_date(draft: StoryDraft, layout: Layout) -> None:
    if layout.dateline:
        draft.places, draft.date = layout.dateline.places, layout.dateline.date
        if layout.dateline.doubt:
            draft.doubts.append(layout.dateline.doubt)
    if draft.date is None:
        _date_from_elsewhere(draft)
    if not draft.places:
        draft.doubts.append("No place found")
    if draft.date is None:
        draft.doubts.append("No date found")


def _date_from_elsewhere(draft: StoryDraft) -> None:
    """Set the date from the first sentence, or else from a line that was left out and is only a date, with a doubt
    that says so. Without either the date stays unset."""
    if found := date_in_sentence(first_sentence(draft.paragraphs[0]), bool(draft.places)):
        draft.date = found.date
        draft.doubts.append(f"The date was taken from the first sentence (“{found.written}”)")
        draft.doubts += filter(None, [found.doubt])
        return
    for line in draft.left_out:
        dateline = parse_dateline(line)
        if dateline and dateline.date and not dateline.text:
            draft.date = dateline.date
            draft.doubts.append(f"The date was taken from the line “{line}”")
            draft.doubts += filter(None, [dateline.doubt])
            return
