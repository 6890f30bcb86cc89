"""What readers see on a page, as text to be found: for many pages at once, in a number of queries that does not
grow with them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, QuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.search.index import SearchField

from campaigns import drawing
from campaigns.drawing import model
from core.languages import LocaleCodes, best
from core.visibility import live_pieces, offline, originals, public_pages

# The models of what is written once and shown on many pages, each with the field that names its source story.
PIECES = {"Quote": "source", "Takeaway": "source", "KeyFigure": "story"}
MOST_PIECES = 200
"""Of one kind on one page."""


@dataclass
class Shown:
    texts: list[str] = field(default_factory=list)
    until: datetime.date | None = None
    pieces: list[UUID] = field(default_factory=list)

    def add(self, row: Model, text: str, until: datetime.date | None) -> None:
        self.texts.append(text)
        self.pieces.append(row.translation_key)
        if until:
            self.until = min(until, self.until or until)


def own_text(page: Page) -> str:
    """What stands in its own fields, those of the admin's search, without its title."""
    values = []
    for each in page.get_search_fields():
        if isinstance(each, SearchField) and each.field_name != "title":
            value = each.get_value(page)
            values += value if isinstance(value, list | tuple) else [value]
    return "\n".join(str(value).strip() for value in values if value)


def shown_on(pages: Sequence[Page]) -> dict[int, Shown]:
    """The quotes, takeaways and figures on each page in its own language, and the places of its dateline."""
    shown = {page.pk: Shown() for page in pages}
    for name, source in PIECES.items():
        _add_pieces(name, source, pages, shown)
    stories: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        if isinstance(page, model("NewsPage")):
            stories[page.locale_id].append(page)
    for locale, of_locale in stories.items():
        for pk, places in drawing.places_of(of_locale, LocaleCodes.code(locale)).items():
            shown[pk].texts.append(" / ".join(place.text for place in places))
    return shown


def piece_places(name: str, source: str, keys: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Pairs of a piece and the page that it belongs to by its source or a tie, by translation keys; of either
    side what is among `keys`."""
    rows = originals(model(name)._base_manager.all())
    pairs = []
    for way in (f"{source}__translation_key", "campaign_ties__campaign__translation_key"):
        for given in ("translation_key", way):
            found = rows.filter(**{f"{given}__in": keys, f"{way}__isnull": False})
            pairs += found.values_list("translation_key", way)
    return list(dict.fromkeys(pairs))


def picked_on(name: str, pages: Sequence[Page]) -> dict[int, list[int]]:
    """The pieces that an editor placed on each page, in Wagtail's own list of what refers to what."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        to_content_type=ContentType.objects.get_for_model(model(name)),
    )
    found = defaultdict(list)
    for page, piece in references.values_list("object_id", "to_object_id"):
        found[int(page)].append(int(piece))
    return found


def _add_pieces(name: str, source: str, pages: Sequence[Page], shown: dict[int, Shown]) -> None:
    belonging = defaultdict(set)
    for piece, place in piece_places(name, source, {page.translation_key for page in pages}):
        belonging[place].add(piece)
    picked = picked_on(name, pages)
    ids = {pk for of_page in picked.values() for pk in of_page}
    picked_keys = dict(model(name)._base_manager.filter(pk__in=ids).values_list("pk", "translation_key"))
    keys = {key for of_page in belonging.values() for key in of_page} | set(picked_keys.values())
    if not keys:
        return
    by_language = defaultdict(dict)
    rows = list(_visible(name).filter(translation_key__in=keys).order_by("-pk"))
    for row in rows:
        by_language[row.locale_id][row.translation_key] = row
    names = _speakers(rows) if name == "Quote" else {}
    for page in pages:
        wanted = belonging[page.translation_key] | {
            picked_keys[pk] for pk in picked.get(page.pk, []) if pk in picked_keys
        }
        of_language = by_language[page.locale_id]
        of_page = [row for key, row in of_language.items() if key in wanted][:MOST_PIECES]
        for row in of_page:
            shown[page.pk].add(row, *_words(row, names))


def _visible(name: str) -> QuerySet:
    rows = model(name).objects.all()
    if name == "Quote":
        rows = rows.consented().annotate(speaker_key=F("speaker__translation_key"))
    stories = public_pages(model("NewsPage").objects.order_by())
    return live_pieces(rows).without_hidden_story(stories)


def _words(row: Model, names: dict[tuple, Model]) -> tuple[str, datetime.date | None]:
    texts = [str(each.get_value(row)) for each in row.get_search_fields() if isinstance(each, SearchField)]
    until = None
    if hasattr(row, "consent_until"):
        speaker = names.get((row.speaker_key, row.locale_id))
        texts += [drawing.speaker_words(speaker).text] if speaker else []
        until = _last_day(row)
    return " – ".join(text.strip() for text in texts if text.strip()), until


def _last_day(quote: Model) -> datetime.date | None:
    days = [quote.consent_until] if quote.consent_needed else []
    if quote.consent_withdrawn:
        days.append(quote.consent_withdrawn - datetime.timedelta(days=1))
    return min((day for day in days if day), default=None)


def _speakers(quotes: Iterable[Model]) -> dict[tuple[UUID, int], Model]:
    """By key and by the language of a quote (two queries)."""
    wanted = {(quote.speaker_key, quote.locale_id) for quote in quotes if quote.speaker_key}
    people = model("Person").objects.filter(translation_key__in={key for key, _locale in wanted})
    by_key = defaultdict(list)
    for person in live_pieces(people):
        by_key[person.translation_key].append(person)
    wanted -= set(offline(people).values_list("translation_key", "locale_id"))
    return {(key, locale): best(by_key[key], LocaleCodes.code(locale)) for key, locale in wanted if by_key[key]}
