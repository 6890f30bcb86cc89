"""Queries of the members of a campaign: one for each step, whatever the number of rows, languages and kinds. For
that, rows of different models are read in one union with the columns of `_columns`."""

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    Manager,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Left
from wagtail.models import Page

from campaigns import kinds
from campaigns.listings.reading import listed_anywhere
from campaigns.listings.rows import SITE
from campaigns.models import NewsPartner, NewsPlace, NewsSDG, NewsTopic, Person
from campaigns.models.listing import STORIES
from campaigns.querysets import Period
from core.internals.django import Combinable
from core.models import SiteImage
from core.visibility import live_pieces, originals, private_keys, public_pages
from translation.campaign_contents.kinds import MATERIAL, Kind, model_of
from translation.campaign_contents.portions import Portion, portion_of
from translation.models import AltTextDraft

TIES = {
    Kind.PLACE: (NewsPlace, "place"),
    Kind.TOPIC: (NewsTopic, "topic"),
    Kind.ORGANISATION: (NewsPartner, "organisation"),
    Kind.SDG: (NewsSDG, "sdg"),
}
LONGEST_TITLE = 200
TIE = "tie:"
DRAFT = "draft"


@dataclass
class Row:
    """An object in all its languages. `title`, `pk` and `source_locale` are the source's; `targets` and `pks` have
    by locale id whether it is live, and its primary key. `story` and `speaker` are translation keys, `picture` is
    the primary key of an image. `newness` is a date, a year or a number as text; `belongs` says whether the object
    belongs to the campaign and is not only picked."""

    kind: str
    key: UUID
    pk: int
    source_locale: int
    title: str
    targets: dict[int, bool] = field(default_factory=dict)
    pks: dict[int, int] = field(default_factory=dict)
    story: UUID | None = None
    speaker: UUID | None = None
    newness: str = ""
    belongs: bool = False
    picture: int | None = None


@dataclass(frozen=True)
class Picture:
    """An image with its alternative texts and the texts they translate, both by language code."""

    pk: int
    title: str
    alt_texts: dict[str, str]
    alt_sources: dict[str, str]
    drafts: dict[int, str]
    """By locale id, the status of a text that waits for review or was sent back."""


@dataclass(frozen=True)
class Original:
    """A campaign, an edition or a story in its source language. `text` is its summary or introduction, `body` the
    JSON of its stream."""

    pk: int
    key: UUID
    locale_id: int
    title: str
    kind: str
    text: str
    lead_image_id: int | None
    date: datetime.date | None
    body: str


class Stories:
    """The public stories of a campaign, or of one period of it, and what belongs to it by them, as the table of
    lists says; all, or those of the portion with this number."""

    def __init__(self, campaign: UUID, period: Period | None, number: int | None = None):
        self.campaign, self.period = campaign, period
        self.private = private_keys()
        self.portion: Portion | None = portion_of(campaign, period, self.private, number) if number else None

    def originals(self, keys: Collection[UUID]) -> dict[UUID, Original]:
        """Return, by translation key, the sources of the campaign's stories and of the pages with these keys, with
        what is read of them here: pages as a whole cost more than all the rest."""
        listed = self._listed(STORIES)
        # One list, where it is one, by which SQLite finds the rows; of two conditions it reads all pages.
        wanted = (
            Q(translation_key__in=[*keys, *listed])
            if isinstance(listed, list)
            else Q(translation_key__in=keys) | Q(translation_key__in=listed)
        )
        found = (
            originals(Page.objects.filter(wanted))
            .order_by("pk")
            .values_list(
                "pk",
                "translation_key",
                "locale_id",
                "title",
                Case(
                    When(newspage__isnull=False, then=Value(str(Kind.STORY))),
                    When(editionpage__isnull=False, then=Value(str(Kind.EDITION))),
                    default=Value(str(Kind.CAMPAIGN)),
                ),
                Coalesce("newspage__summary", "campaignpage__introduction", Value(""), output_field=TextField()),
                Coalesce("newspage__lead_image", "campaignpage__lead_image"),
                "newspage__date",
                Coalesce(
                    *(Cast(f"{name}__body", TextField()) for name in ("newspage", "campaignpage", "editionpage"))
                ),
            )
        )
        return {row[1]: Original(*row) for row in found}

    def pieces(self, picks: Mapping[str, set[int]]) -> dict[UUID, Row]:
        """Return, by translation key, the material of the kinds in MATERIAL (which has no stories) that belongs to
        the campaign or is picked, and that is public and has consent. A row has all languages if one of them is
        public. `picks` are primary keys by kind."""
        parts = [self._pieces(kind, picks.get(kind, set())) for kind in MATERIAL]
        return rows(parts[0].union(*parts[1:], all=True))

    def _listed(self, kind: str) -> QuerySet[Any] | list[UUID]:
        if self.portion:
            return self.portion.keys[kind]
        return listed_anywhere(kind, self.campaign, self.private, self.period)

    def _pieces(self, kind: str, picked: set[int]) -> QuerySet[Any]:
        material = MATERIAL[kind]
        model, person = material.model, material.people_field
        belongs = Q(translation_key__in=self._listed(material.name))
        wanted = belongs
        if picked:
            of_picked = model.objects.filter(pk__in=picked).order_by().values("translation_key")
            shown = listed_anywhere(material.name, SITE, self.private).filter(key=OuterRef("translation_key"))
            wanted = belongs | Q(Exists(shown), translation_key__in=of_picked)
        return _columns(
            kind,
            model.objects.filter(wanted).order_by(),
            material.title_field,
            story=F(f"{material.story_field}__translation_key"),
            **({"speaker": F(f"{person}__translation_key")} if person else {}),
            newness=_newness(material),
            belongs=Case(When(belongs, then=Value(True)), default=Value(False)),
        )


@dataclass
class Named:
    """What `named` returns. `ties` has by the translation key of each story, and by kind, the keys of what the
    story is tied to. `names` has by translation key these objects, and the pages, in all their languages."""

    ties: dict[UUID, dict[str, list[UUID]]]
    names: dict[UUID, Row]
    pictures: list[Picture]


def named(
    stories: Collection[int],
    speakers: Collection[UUID],
    pages: Collection[UUID],
    pointed_at: Mapping[str, Collection[int]],
    private: QuerySet[Any],
) -> Named:
    """Return the objects that the stories are tied to, the speakers, the pages, and what is referred to by primary
    key, all in one query; of snippets and resources only those that readers see. `stories` are primary keys,
    `speakers` and `pages` translation keys. `pointed_at` has the primary keys of organisations, images and linked
    pages, of which only resources count, by kind. `private` are the keys of private pages."""
    speaking = Person.objects.filter(translation_key__in=speakers)
    parts = [_names(kind, _tied_keys(kind, stories), pointed_at.get(kind, ())) for kind in TIES]
    parts.append(_columns(Kind.PERSON, _all_languages(speaking), "name", picture=F("photo_id")))
    parts.append(_columns(Kind.RESOURCE, _resources(pointed_at[Kind.RESOURCE], private), "title"))
    parts.append(_columns("", Page.objects.filter(translation_key__in=pages).order_by(), "title"))
    parts += [_ties(kind, stories) for kind in TIES]
    images = _images(pointed_at[Kind.IMAGE], speaking)
    parts += [_pictures(images), _drafts(images)]
    found = list(parts[0].union(*parts[1:], all=True))
    ties: dict[UUID, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for kind, _order, key, _locale, _live, _title, story, *_rest in sorted(found, key=lambda row: row[1] or 0):
        if kind.startswith(TIE):
            ties[story][kind.removeprefix(TIE)].append(key)
    others = (Kind.IMAGE, DRAFT)
    names = rows(row for row in found if row[0] not in others and not row[0].startswith(TIE))
    return Named(ties, names, sorted(_as_pictures(found), key=lambda picture: picture.pk))


def _as_pictures(found: list[tuple[Any, ...]]) -> Iterator[Picture]:
    drafts: dict[int, dict[int, str]] = defaultdict(dict)
    for row in found:
        if row[0] == DRAFT:
            drafts[row[1]][row[3]] = row[8]
    for row in found:
        if row[0] == Kind.IMAGE:
            texts, sources = map(json.loads, row[8].split("\n"))
            yield Picture(row[1], row[5], texts, sources, drafts[row[1]])


def _names(kind: str, tied: QuerySet[Any], picked: Collection[int]) -> QuerySet[Any]:
    objects: Manager[Any] = model_of(kind).objects
    wanted = Q(translation_key__in=tied)
    if picked:
        wanted |= Q(translation_key__in=objects.filter(pk__in=picked).order_by().values("translation_key"))
    return _columns(kind, _all_languages(objects.filter(wanted)), "name")


def _all_languages(found: QuerySet[Any]) -> QuerySet[Any]:
    """Return the objects of the queryset that are live pieces in at least one language, in all their languages."""
    shown = live_pieces(found).order_by().values("translation_key")
    return found.model.objects.filter(translation_key__in=shown).order_by()


def _tied_keys(kind: str, stories: Collection[int]) -> QuerySet[Any]:
    model, name = TIES[kind]
    return model.objects.filter(page__in=stories).order_by().values(f"{name}__translation_key")


def _ties(kind: str, stories: Collection[int]) -> QuerySet[Any]:
    model, name = TIES[kind]
    return _columns(
        f"{TIE}{kind}",
        model.objects.filter(page__in=stories).order_by(),
        None,
        pk=Coalesce("sort_order", Value(0)),
        key=F(f"{name}__translation_key"),
        story=F("page__translation_key"),
    )


def _resources(linked: Collection[int], private: QuerySet[Any]) -> QuerySet[Any]:
    model: type[Page] = model_of(Kind.RESOURCE)
    resources = model.objects.order_by()
    chosen = Page.objects.filter(pk__in=linked).order_by().values("translation_key")
    public = public_pages(resources.filter(translation_key__in=chosen), private)
    return resources.filter(translation_key__in=public.values("translation_key"))


def _images(pks: Collection[int], speaking: QuerySet[Any]) -> QuerySet[Any]:
    photos = live_pieces(speaking).order_by().values("photo_id")
    return SiteImage.objects.filter(Q(pk__in=pks) | Q(pk__in=photos)).order_by()


def _drafts(images: QuerySet[Any]) -> QuerySet[Any]:
    rows = AltTextDraft.objects.filter(image__in=images.values("pk")).order_by()
    status = Cast("status", TextField())
    return _columns(DRAFT, rows, None, pk=F("image_id"), locale=F("locale_id"), newness=status)


def _pictures(images: QuerySet[Any]) -> QuerySet[Any]:
    nobody = Cast(Value(None), UUIDField())
    # JSON as the database writes it has no line breaks, so one separates the two values.
    line = Value("\n", TextField())
    texts = Concat(Cast("alt_texts", TextField()), line, Cast("alt_sources", TextField()))
    return _columns(Kind.IMAGE, images, "title", key=nobody, newness=texts)


def rows(found: Iterable[tuple[Any, ...]]) -> dict[UUID, Row]:
    """Return the rows of the union, one for each object in all its languages, by translation key. The version with
    the lowest primary key is the source."""
    by_key: dict[UUID, Row] = {}
    for kind, pk, key, locale, live, title, *rest in sorted(found, key=lambda row: row[1]):
        row = by_key.get(key)
        if row is None:
            row = by_key[key] = Row(kind, key, pk, locale, title or "", {}, {}, *rest)
        row.targets[locale] = live
        row.pks[locale] = pk
    return by_key


def _columns(kind: str, found: QuerySet[Any], title: str | None, **other: Combinable) -> QuerySet[Any]:
    """Return the query with the columns that all parts of a union share: kind, primary key,
    translation key, locale id, live, title, then those of `Row` from `story` on. `title` names a
    field, `other` replaces columns."""
    nobody = Cast(Value(None), UUIDField())
    in_language = hasattr(found.model, "translation_key")
    return found.values_list(
        Value(str(kind), CharField()),
        other.get("pk", F("pk")),
        other.get("key", F("translation_key") if in_language else nobody),
        other.get("locale", F("locale_id") if in_language else Value(0, IntegerField())),
        F("live") if in_language else Value(False, BooleanField()),
        Cast(Left(title, LONGEST_TITLE), TextField()) if title else Value("", TextField()),
        other.get("story", nobody),
        other.get("speaker", nobody),
        other.get("newness", Value("", TextField())),
        other.get("belongs", Value(False, BooleanField())),
        other.get("picture", Cast(Value(None), IntegerField())),
    )


def _newness(kind: kinds.Kind) -> Coalesce:
    own = kind.model.objects.all().newness_of_row()
    return Coalesce(Cast(own, TextField()), Value(""), output_field=TextField())
