"""Functions that make cards of rows. They fetch related objects for all rows at once."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone

from campaigns.cards import CommitmentCard, FigureCard, Link, PartnerCard, StoryCard, TakeawayCard, VoiceCard
from campaigns.models import SDG, CommitmentState, NewsCampaign, NewsPlace, Organisation, Person, Place, Topic
from core.languages.cldr import comma, language_name
from core.languages.site_languages import LocaleCodes, Words, active_code, language
from core.prepared import SOME_TIME, Prepared, Several
from core.stamps import tags
from core.stamps.collecting import note
from core.typed import Translatable
from core.visibility import best_by_key, best_rows, best_values, seen_in

if TYPE_CHECKING:
    from campaigns.models import Commitment, KeyFigure, NewsPage, Quote, Takeaway


LINKED = ("path", "depth", "title", "url_path", "locale", "translation_key", "expire_at")
"""The fields of pages that links need; the last two for `core.stamps.collecting`."""
NAMED: dict[type[Any], tuple[str, ...]] = {
    Organisation: ("name", "acronym", "kind", "url"),
    Place: ("name", "country"),
    SDG: ("name", "number"),
    Topic: ("name",),
}
"""The texts of snippets that cards show, by their model."""
_KNOWN = ("pk", "translation_key", "locale_id", "expire_at")


def link(page: Translatable, request: HttpRequest | None) -> Link:
    """Return a link to the page with its title and the code of its language."""
    return Link(code=LocaleCodes.code(page.locale_id), title=page.title, url=page.get_url(request))


def story_cards(
    stories: Mapping[UUID, "NewsPage"], request: HttpRequest | None, code: str, accent: str = ""
) -> dict[UUID, StoryCard]:
    """Return cards of stories, by the same keys and in the same order; their places are in the best language for
    readers of `code`. The stories were fetched `with_original_date()`. `accent` is the colour of all of them;
    without it each has the colour of its first campaign."""
    if not stories:
        return {}
    ties, accents = _ties_of(stories.values())
    datelines = datelines_of(ties, snippets({Place: {key for _story, key in ties}}, code))
    return {
        key: StoryCard(
            code=LocaleCodes.code(story.locale_id),
            title=story.title,
            url=story.get_url(request),
            summary=story.summary,
            date=story.original_date,
            dateline=tuple(datelines.get(story.pk, [])),
            image=story.lead_image,
            seed=story.slug,
            accent=accent or accents.get(story.pk, ""),
        )
        for key, story in stories.items()
    }


def _ties_of(stories: Iterable["NewsPage"]) -> tuple[list[tuple[int, UUID]], dict[int, str]]:
    """Return the ties of these stories to places, in order, as pairs of the story's primary key and the place's
    translation key; and by the story's primary key the colour of its first campaign (one query)."""
    ties = _ties.rows(stories=[story.pk for story in stories])
    found = sorted(ties, key=lambda tie: (tie[0] or 0, tie[1]))
    accents = {story: accent for _order, _pk, accent, story, _key in reversed(found) if accent is not None}
    return [(story, key) for _order, _pk, accent, story, key in found if accent is None], accents


def _build_ties(stories: list[int]) -> QuerySet[Any]:
    places = NewsPlace.objects.filter(page__in=stories).order_by().annotate(accent=Value(None, CharField()))
    campaigns = NewsCampaign.objects.filter(page__in=stories).order_by().annotate(accent=F("campaign__accent"))
    ordered = ("sort_order", "pk", "accent", "page_id")
    return places.values_list(*ordered, "place__translation_key").union(
        campaigns.values_list(*ordered, "campaign__translation_key"), all=True
    )


_ties = Prepared(_build_ties, stories=Several(int))


def places_of(stories: Iterable["NewsPage"], code: str) -> dict[int, list[Words]]:
    """Return by the primary key of each story the live places of its dateline, with their countries, each in the
    best language for readers of `code` (two queries). Stories without a live place are missing."""
    ties, _accents = _ties_of(stories)
    return datelines_of(ties, snippets({Place: {key for _story, key in ties}}, code))


def datelines_of(ties: Iterable[tuple[int, UUID]], places: Mapping[UUID, Any]) -> dict[int, list[Words]]:
    """Return what `places_of` returns, for pairs of the primary key of a story and the key of a place, in their
    order. `places` are the result of `snippets`."""
    found = defaultdict(list)
    for story, key in ties:
        if place := places.get(key):
            known = LocaleCodes.code(place.locale_id)
            text = f"{place.name}{comma(known)} {place.country}" if place.country else place.name
            found[story].append(Words(code=known, text=text))
    return found


def snippets(keys: Mapping[type[Translatable], Collection[UUID]], code: str) -> dict[UUID, Any]:
    """Return by translation key what readers see of the snippets with these keys by their model, each in the best
    language for readers of `code`, with the fields of NAMED alone (one query; none without keys)."""
    by_name = {str(model._meta.model_name): model for model in keys}
    wanted: dict[str, Any] = {name: keys[model] for name, model in by_name.items() if keys[model]}
    if not wanted:
        return {}
    prepared = _prepared_snippets(tuple(by_name[name] for name in wanted))
    read = prepared.rows(**wanted, locale=LocaleCodes.ids().get(code), now=timezone.now())
    # The name of the model stands before what is known of a row.
    key, locale, expiry = (1 + _KNOWN.index(name) for name in ("translation_key", "locale_id", "expire_at"))
    return {
        values[key]: by_name[name](**dict(zip((*_KNOWN, *NAMED[by_name[name]]), known, strict=False)))
        for values in best_values(read, code, key, locale, expiry)
        for name, *known in [values]
    }


@cache
def _prepared_snippets(models: tuple[type[Translatable], ...]) -> Prepared:
    """Return the rows of these models that readers of a language see, with the texts of NAMED, by their keys in an
    argument with the name of the model."""

    def build(locale: int, now: datetime.datetime, **keys: list[UUID]) -> QuerySet[Any]:
        parts = []
        for model in models:
            rows = seen_in(
                model._base_manager.filter(translation_key__in=keys[str(model._meta.model_name)]), locale, now
            )
            texts: list[Any] = [Cast(field, CharField()) for field in NAMED[model]]
            texts += [Value("")] * (max(map(len, NAMED.values())) - len(texts))
            parts.append(rows.order_by().values_list(Value(model._meta.model_name), *_KNOWN, *texts))
        return parts[0].union(*parts[1:], all=True)

    lists = {str(model._meta.model_name): Several(UUID) for model in models}
    return Prepared(build, locale=-1, now=SOME_TIME, **lists)


def words(row: Translatable) -> Words:
    """Return the name of a snippet, or the title of a page, with the code of the row's language."""
    return Words(code=LocaleCodes.code(row.locale_id), text=str(row))


def links(pages: Iterable[Any], request: HttpRequest | None, code: str) -> dict[UUID, Link]:
    """Return by translation key links to the pages, each in the best language for readers of `code`."""
    return {key: link(page, request) for key, page in best_by_key(pages, code).items()}


def people(quotes: Iterable[Any], code: str) -> dict[UUID, Person]:
    """Return by translation key the live people whom the rows name, each in the best language for readers of
    `code`. The rows were fetched `with_keys()`."""
    keys = {quote.speaker_key for quote in quotes} - {None}
    if not keys:
        return {}
    return best_rows(_people, code, keys=keys, locale=LocaleCodes.ids().get(code), now=timezone.now())


_people = Prepared(
    lambda keys, locale, now: seen_in(
        Person.objects.filter(translation_key__in=keys).select_related("photo"), locale, now
    ),
    keys=Several(UUID),
    locale=-1,
    now=SOME_TIME,
)


def speaker_words(person: Person) -> Words:
    """Return the person's name, with the form of address before it if there is one, and the code of its
    language."""
    return Words(code=LocaleCodes.code(person.locale_id), text=f"{person.honorific} {person.name}".strip())


def language_words(code: str) -> Words:
    """Return the name of a language in that language."""
    return Words(code=code, text=language(code).name)


def voice_cards(
    quotes: Mapping[UUID, "Quote"], speakers: Mapping[UUID, Person], sources: Mapping[UUID, Link]
) -> dict[UUID, VoiceCard]:
    """Return cards of quotes that were fetched `with_keys()`, by the same keys. `speakers` and `sources` are
    people and links to stories by translation key; a quote whose speaker or story is not among them is shown
    without."""

    def card(quote: "Quote") -> VoiceCard:
        code = LocaleCodes.code(quote.locale_id)
        speaker = speakers.get(quote.speaker_key)
        translated = quote.original_language and quote.original_language != code
        return VoiceCard(
            code=code,
            text=quote.text,
            speaker=speaker_words(speaker) if speaker else None,
            role=quote.role,
            image=speaker.photo if speaker else None,
            date=quote.date,
            source=sources.get(quote.source_key),
            original=language_name(quote.original_language, active_code()) if translated else "",
        )

    return {key: card(quote) for key, quote in quotes.items()}


def takeaway_cards(
    takeaways: Mapping[UUID, "Takeaway"], speakers: Mapping[UUID, Person], sources: Mapping[UUID, Link]
) -> dict[UUID, TakeawayCard]:
    """Return cards of takeaways that were fetched `with_keys()`, by the same keys. `sources` are links to stories
    by translation key; a takeaway whose story is not among them has none. `speakers` is not used."""

    def card(takeaway: "Takeaway") -> TakeawayCard:
        return TakeawayCard(
            code=LocaleCodes.code(takeaway.locale_id),
            statement=takeaway.statement,
            detail=takeaway.detail,
            source=sources.get(takeaway.source_key),
        )

    return {key: card(takeaway) for key, takeaway in takeaways.items()}


def figure_cards(
    figures: Mapping[UUID, "KeyFigure"], speakers: Mapping[UUID, Person], sources: Mapping[UUID, Link]
) -> dict[UUID, FigureCard]:
    """Return cards of key figures, by the same keys. `speakers` and `sources` are not used."""
    return {
        key: FigureCard(
            code=LocaleCodes.code(figure.locale_id),
            value=figure.value,
            unit=figure.unit,
            label=figure.label,
            year=figure.year,
            source=figure.source,
            source_url=figure.source_url,
        )
        for key, figure in figures.items()
    }


def commitment_cards(
    commitments: Mapping[UUID, "Commitment"], people: Mapping[UUID, Person], sources: Mapping[UUID, Link]
) -> dict[UUID, CommitmentCard]:
    """Return cards of commitments that were fetched `with_keys()`, by the same keys. `people` and `sources` are
    people and links to stories by translation key; a commitment whose person or story is not among them is shown
    without."""

    def card(row: "Commitment") -> CommitmentCard:
        person, state = people.get(row.speaker_key), CommitmentState(row.state)
        if row.who:
            note(tags.row_of(Organisation, row.who_row))
        return CommitmentCard(
            code=LocaleCodes.code(row.locale_id),
            text=row.text,
            who=Words(code=LocaleCodes.code(row.who_locale), text=row.who) if row.who else None,
            person=speaker_words(person) if person else None,
            date=row.date,
            url=row.url,
            source=sources.get(row.source_key),
            state=state.value,
            state_label=str(state.label),
            state_date=row.state_date,
            evidence_url=row.evidence_url,
        )

    return {key: card(row) for key, row in commitments.items()}


def partner_cards(organisations: Mapping[UUID, Organisation]) -> dict[UUID, PartnerCard]:
    """Return cards of organisations, by the same keys and in the same order."""
    return {
        key: PartnerCard(
            code=LocaleCodes.code(organisation.locale_id),
            name=organisation.name,
            acronym=organisation.acronym,
            kind=organisation.kind,
            kind_label=organisation.get_kind_display(),
            url=organisation.url,
        )
        for key, organisation in organisations.items()
    }
