"""What readers see on a page, as text to be found: for many pages at once, in a number of queries that does not
grow with them."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min, QuerySet
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex
from wagtail.search.index import SearchField

from campaigns import drawing
from campaigns.kinds import KINDS, Kind
from campaigns.models import NewsPage, Person
from campaigns.reach import places_of
from core.languages.cldr import number, numerals
from core.languages.site_languages import LocaleCodes, best
from core.models import Recording
from core.typed import Translatable
from core.visibility import live_pieces, offline, public_pages
from search.helplines import helplines_on
from search.names import names_on, partners_of_campaigns

MOST_PIECES = 200
"""Of one kind on one page."""


@dataclass
class Shown:
    texts: list[str] = field(default_factory=list)
    until: datetime.date | None = None
    expires: datetime.datetime | None = None
    pieces: list[UUID] = field(default_factory=list)

    def add(self, row: Translatable, text: str, until: datetime.date | None) -> None:
        self.texts.append(text)
        self.pieces.append(row.translation_key)
        self.add_last_day(until)

    def add_last_day(self, until: datetime.date | None) -> None:
        if until:
            self.until = min(until, self.until or until)

    def add_expiry(self, expires: datetime.datetime | None) -> None:
        if expires:
            self.expires = min(expires, self.expires or expires)


def own_text(page: Page) -> str:
    """What stands in its own fields, those of the admin's search, without its title."""
    values, code = [], LocaleCodes.code(page.locale_id)
    with translation.override(code):
        for each in page.get_search_fields():
            if isinstance(each, SearchField) and each.field_name != "title":
                value = each.get_value(page)
                values += value if isinstance(value, list | tuple) else [value]
    values += charted(getattr(page, "body", []), code)
    return "\n".join(written(value, code) for value in values if value)


def written(value: object, code: str) -> str:
    """A year in the digits of the language, for excerpts show it; words as their author wrote them."""
    return numerals(value, code) if isinstance(value, int) else str(value).strip()


def charted(body: Iterable[Any], code: str) -> list[str]:
    """The numbers of charts, as their tables have them."""
    points = [point for block in body if block.block_type == "chart" for point in block.value["points"]]
    return [number(Decimal(str(each["value"])), code) for each in points if each["value"] is not None]


def shown_on(pages: Sequence[Page]) -> dict[int, Shown]:
    """The quotes, takeaways and figures on each page in its own language, the places of its dateline, and what
    else is named there."""
    shown = {page.pk: Shown() for page in pages}
    expiries = _expiries(Page, {page.translation_key for page in pages})
    for page in pages:
        shown[page.pk].add_expiry(expiries.get(page.translation_key))
    for kind in KINDS:
        _add_pieces(kind, pages, shown)
    _add_last_days_of_recordings(pages, shown)
    stories: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        if isinstance(page, NewsPage):
            stories[page.locale_id].append(page)
    for locale, of_locale in stories.items():
        for pk, places in drawing.places_of(of_locale, LocaleCodes.code(locale)).items():
            shown[pk].texts.append(" / ".join(place.text for place in places))
    for pk, texts in helplines_on(pages).items():
        shown[pk].texts += texts
    partners = partners_of_campaigns(pages)
    for pk, names in names_on(pages).items():
        shown[pk].texts += dict.fromkeys([*names, *partners.get(pk, [])])
    return shown


def picked_on(kind: type[Translatable], pages: Sequence[Page]) -> dict[int, list[int]]:
    """Return the numbers of the pieces or files that an editor placed on each page, by Wagtail's own list of what
    refers to what."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        to_content_type=ContentType.objects.get_for_model(kind),
    )
    found = defaultdict(list)
    for page, piece in references.values_list("object_id", "to_object_id"):
        found[int(page)].append(int(piece))
    return found


def _add_pieces(kind: Kind, pages: Sequence[Page], shown: dict[int, Shown]) -> None:
    belonging = defaultdict(set)
    for piece, place in places_of(kind, {page.translation_key for page in pages}):
        belonging[place].add(piece)
    picked = picked_on(kind.model, pages)
    ids = {pk for of_page in picked.values() for pk in of_page}
    picked_keys = dict(kind.model._base_manager.filter(pk__in=ids).values_list("pk", "translation_key"))
    keys = {key for of_page in belonging.values() for key in of_page} | set(picked_keys.values())
    if not keys:
        return
    by_language = defaultdict(dict)
    rows = list(_visible(kind).filter(translation_key__in=keys).order_by("-pk"))
    for row in rows:
        by_language[row.locale_id][row.translation_key] = row
    names = _speakers(rows) if kind.people_field else {}
    expiries = _piece_expiries(kind, rows)
    for page in pages:
        wanted = belonging[page.translation_key] | {
            picked_keys[pk] for pk in picked.get(page.pk, []) if pk in picked_keys
        }
        of_language = by_language[page.locale_id]
        of_page = [row for key, row in of_language.items() if key in wanted][:MOST_PIECES]
        for row in of_page:
            shown[page.pk].add(row, *_words(row, names))
            shown[page.pk].add_expiry(expiries.get(row.translation_key))


def _add_last_days_of_recordings(pages: Sequence[Page], shown: dict[int, Shown]) -> None:
    """Their titles and transcripts are not found once the consent has ended."""
    picked = picked_on(get_document_model(), pages)
    rows = Recording.objects.filter(pk__in={pk for of_page in picked.values() for pk in of_page})
    days = dict(rows.filter(Recording.ends_q(timezone.localdate())).values_list("pk", "consent_until"))
    for page, pks in picked.items():
        for pk in pks:
            shown[page].add_last_day(days.get(pk))


def _piece_expiries(kind: Kind, rows: Sequence[Translatable]) -> dict[UUID, datetime.datetime]:
    """By the key of a piece when it, its source story or its speaker expires, whichever is first."""
    found = _expiries(kind.model, {row.translation_key for row in rows})
    ways = {kind.story_field: Page} | ({kind.people_field: Person} if kind.people_field else {})
    for way, of in ways.items():
        pks = [row.pk for row in rows]
        pairs = kind.model._base_manager.filter(pk__in=pks, **{f"{way}__isnull": False})
        keys = dict(pairs.values_list("translation_key", f"{way}__translation_key"))
        expiries = _expiries(of, set(keys.values()))
        for piece, key in keys.items():
            if key in expiries:
                found[piece] = min(expiries[key], found.get(piece, expiries[key]))
    return found


def _expiries(kind: type[Translatable], keys: Collection[UUID]) -> dict[UUID, datetime.datetime]:
    """The first that lies ahead, in any language: an entry that is written anew for another's costs little."""
    rows = kind._base_manager.filter(translation_key__in=keys, live=True, expire_at__gt=timezone.now())
    return dict(rows.order_by().values_list("translation_key").annotate(Min("expire_at")))


def _visible(kind: Kind) -> QuerySet[Any]:
    rows = kind.model.objects.consented().with_keys()
    stories = public_pages(NewsPage.objects.order_by())
    return live_pieces(rows).without_hidden_story(stories)


def _words(row: Translatable, names: dict[tuple[Any, ...], Translatable]) -> tuple[str, datetime.date | None]:
    values = [each.get_value(row) for each in row.get_search_fields() if isinstance(each, SearchField)]
    texts = [written(value, LocaleCodes.code(row.locale_id)) for value in values if value]
    until = None
    if hasattr(row, "consent_until"):
        speaker = names.get((row.speaker_key, row.locale_id))
        texts += [drawing.speaker_words(speaker).text] if speaker else []
        until = _last_day(row)
    return " – ".join(text.strip() for text in texts if text.strip()), until


def _last_day(quote: Translatable) -> datetime.date | None:
    days = [quote.consent_until] if quote.consent_needed else []
    if quote.consent_withdrawn:
        days.append(quote.consent_withdrawn - datetime.timedelta(days=1))
    return min((day for day in days if day), default=None)


def _speakers(quotes: Iterable[Translatable]) -> dict[tuple[UUID, int], Translatable]:
    """By key and by the language of a quote (two queries)."""
    wanted = {(quote.speaker_key, quote.locale_id) for quote in quotes if quote.speaker_key}
    people = Person.objects.filter(translation_key__in={key for key, _locale in wanted})
    by_key = defaultdict(list)
    for person in live_pieces(people):
        by_key[person.translation_key].append(person)
    for rows in offline(people):
        wanted -= set(rows.values_list("translation_key", "locale_id"))
    return {(key, locale): best(by_key[key], LocaleCodes.code(locale)) for key, locale in wanted if by_key[key]}
