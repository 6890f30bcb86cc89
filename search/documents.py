"""Text of pages for the search index: what readers see on a page. The number of queries does not depend on the
number of pages."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min, Model
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex
from wagtail.search.index import SearchField

from campaigns import drawing
from campaigns.kinds import KINDS, Kind
from campaigns.models import NewsPage, Person
from campaigns.models.material import MaterialSnippet
from campaigns.reach import places_of
from core.languages.cldr import number, numerals
from core.languages.site_languages import LocaleCodes, best
from core.models import Recording
from core.visibility import live_pieces, offline, public_pages
from search.helplines import helplines_on
from search.names import names_on, partners_of_campaigns

if TYPE_CHECKING:
    from campaigns.querysets import PieceQuerySet

MOST_PIECES = 200
"""Most rows of one kind of material that are indexed with a page."""


@dataclass
class Shown:
    """What a page shows beside its own fields: texts, and the translation keys of the material among them. `until`
    is the last day on which all the consents hold, `expires` the time at which the page or anything on it
    expires."""

    texts: list[str] = field(default_factory=list)
    until: datetime.date | None = None
    expires: datetime.datetime | None = None
    pieces: list[UUID] = field(default_factory=list)

    def add(self, row: MaterialSnippet, text: str, until: datetime.date | None) -> None:
        """Add a row of material with its text and the last day of its consent, None if nothing limits it."""
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
    """Return the text of the page's own search fields, except the title, one a line in the page's language, and
    the numbers of its charts."""
    code = LocaleCodes.code(page.locale_id)
    values: list[object] = []
    with translation.override(code):
        for each in page.get_search_fields():
            if isinstance(each, SearchField) and each.field_name != "title":
                value = each.get_value(page)
                values += value if isinstance(value, list | tuple) else [value]
    values += charted(getattr(page, "body", []), code)
    return "\n".join(written(value, code) for value in values if value)


def written(value: object, code: str) -> str:
    """Return a value as text. Integers, which are years, are written in the digits of the language, because
    excerpts show them; other values stay as they are."""
    return numerals(value, code) if isinstance(value, int) else str(value).strip()


def charted(body: Iterable[Any], code: str) -> list[str]:
    """Return the numbers of the charts in a body, in the format of the language `code`, as the tables below the
    charts show them."""
    points = [point for block in body if block.block_type == "chart" for point in block.value["points"]]
    return [number(Decimal(str(each["value"])), code) for each in points if each["value"] is not None]


def shown_on(pages: Sequence[Page]) -> dict[int, Shown]:
    """Return by primary key what each page shows in its own language: at most MOST_PIECES rows of each kind of
    material, the places of its dateline, helplines, and the names of what it refers to. Only what readers may see
    is included."""
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


def picked_on(kind: type[Model], pages: Sequence[Page]) -> dict[int, list[int]]:
    """Return by primary key of a page the primary keys of the objects of the model `kind` that an editor placed
    there, from Wagtail's reference index. Pages without any are missing."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        to_content_type=ContentType.objects.get_for_model(kind),
    )
    found: dict[int, list[int]] = defaultdict(list)
    for page, piece in references.values_list("object_id", "to_object_id"):
        found[int(page)].append(int(piece))
    return found


def _add_pieces(kind: Kind, pages: Sequence[Page], shown: dict[int, Shown]) -> None:
    """Add to `shown` the rows of one kind of material in each page's language, newest first, at most MOST_PIECES:
    those that belong to the page, and those that an editor placed there."""
    belonging: dict[UUID, set[UUID]] = defaultdict(set)
    for piece, place in places_of(kind, {page.translation_key for page in pages}):
        belonging[place].add(piece)
    picked = picked_on(kind.model, pages)
    ids = {pk for of_page in picked.values() for pk in of_page}
    picked_keys = dict(kind.model._base_manager.filter(pk__in=ids).values_list("pk", "translation_key"))
    keys = {key for of_page in belonging.values() for key in of_page} | set(picked_keys.values())
    if not keys:
        return
    by_language: dict[int, dict[UUID, MaterialSnippet]] = defaultdict(dict)
    rows: list[MaterialSnippet] = list(_visible(kind).filter(translation_key__in=keys).order_by("-pk"))
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
    """Limit `until` of each page in `shown` to the last day of the consent to its recordings, whose titles and
    transcripts are indexed."""
    picked = picked_on(get_document_model(), pages)
    rows = Recording.objects.filter(pk__in={pk for of_page in picked.values() for pk in of_page})
    days = dict(rows.filter(Recording.ends_q(timezone.localdate())).values_list("pk", "consent_until"))
    for page, pks in picked.items():
        for pk in pks:
            shown[page].add_last_day(days.get(pk))


def _piece_expiries(kind: Kind, rows: Sequence[MaterialSnippet]) -> dict[UUID, datetime.datetime]:
    """Return by translation key when a row, its source story or its speaker expires, whichever is first; rows for
    which nothing expires are missing."""
    found = _expiries(kind.model, {row.translation_key for row in rows})
    ways: dict[str, type[Model]] = {kind.story_field: Page} | (
        {kind.people_field: Person} if kind.people_field else {}
    )
    for way, of in ways.items():
        pks = [row.pk for row in rows]
        pairs = kind.model._base_manager.filter(pk__in=pks, **{f"{way}__isnull": False})
        keys = dict(pairs.values_list("translation_key", f"{way}__translation_key"))
        expiries = _expiries(of, set(keys.values()))
        for piece, key in keys.items():
            if key in expiries:
                found[piece] = min(expiries[key], found.get(piece, expiries[key]))
    return found


def _expiries(kind: type[Model], keys: Collection[UUID]) -> dict[UUID, datetime.datetime]:
    """Return by translation key the first expiry in the future of the live rows, in any language; those without
    one are missing. An entry is then also written again when another language expires, which costs little."""
    rows = kind._base_manager.filter(translation_key__in=keys, live=True, expire_at__gt=timezone.now())
    return dict(rows.order_by().values_list("translation_key").annotate(Min("expire_at")))


def _visible(kind: Kind) -> "PieceQuerySet":
    """Return the rows of a kind of material that readers may see: live, with consent, and from no story or a
    public one. They are annotated `with_keys()`."""
    manager = cast("PieceQuerySet", kind.model._default_manager)  # each kind has such a manager
    rows = manager.consented().with_keys()
    stories = public_pages(NewsPage.objects.order_by())
    return live_pieces(rows).without_hidden_story(stories)


def _words(row: MaterialSnippet, names: dict[tuple[UUID, int], Person]) -> tuple[str, datetime.date | None]:
    """Return the text of a row, with the name of the person for kinds that have one, and the last day of its
    consent, None if nothing limits it. `names` are the people by translation key and locale id."""
    values = [each.get_value(row) for each in row.get_search_fields() if isinstance(each, SearchField)]
    texts = [written(value, LocaleCodes.code(row.locale_id)) for value in values if value]
    until = None
    if hasattr(row, "consent_until"):
        speaker = names.get((row.speaker_key, row.locale_id))
        texts += [drawing.speaker_words(speaker).text] if speaker else []
        until = _last_day(row)
    return " – ".join(text.strip() for text in texts if text.strip()), until


def _last_day(quote: MaterialSnippet) -> datetime.date | None:
    """Return the last day on which the consent holds, by its end or the day before its withdrawal, or None if
    nothing limits it."""
    days = [quote.consent_until] if quote.consent_needed else []
    if quote.consent_withdrawn:
        days.append(quote.consent_withdrawn - datetime.timedelta(days=1))
    return min((day for day in days if day), default=None)


def _speakers(quotes: Iterable[MaterialSnippet]) -> dict[tuple[UUID, int], Person]:
    """Return the speakers by their translation key and the locale id of a quote, each in the best language for
    that locale. A speaker who was unpublished in the language of the quote is left out."""
    wanted = {(quote.speaker_key, quote.locale_id) for quote in quotes if quote.speaker_key}
    people = Person.objects.filter(translation_key__in={key for key, _locale in wanted})
    by_key: dict[UUID, list[Person]] = defaultdict(list)
    for person in live_pieces(people):
        by_key[person.translation_key].append(person)
    for rows in offline(people):
        wanted -= set(rows.values_list("translation_key", "locale_id"))
    return {
        (key, locale): speaker
        for key, locale in wanted
        if (speaker := best(by_key[key], LocaleCodes.code(locale)))
    }
