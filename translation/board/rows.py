"""The queries behind the members: one for each step, whatever the number of rows, languages and kinds."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Left
from wagtail.models import Page

from campaigns.models import NewsPage, NewsPartner, NewsPlace, NewsSDG, NewsTopic
from campaigns.querysets import Period
from core.models import SiteImage
from core.visibility import live_pieces, private_keys, public_pages
from translation.board.kinds import NAMES, PIECES, Kind, model_of

TIES = {
    Kind.PLACE: (NewsPlace, "place"),
    Kind.TOPIC: (NewsTopic, "topic"),
    Kind.ORGANISATION: (NewsPartner, "organisation"),
    Kind.SDG: (NewsSDG, "sdg"),
}
TITLES = {Kind.QUOTE: "text", Kind.TAKEAWAY: "statement", Kind.FIGURE: "label"}
LONGEST_TITLE = 200


@dataclass
class Row:
    """Of one key, in all its languages; the original names it."""

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


class Stories:
    """The public stories of a campaign, or of one period of it."""

    def __init__(self, campaign: UUID, period: Period | None):
        self.campaign, self.period = campaign, period
        self.private = private_keys()
        self.public = public_pages(NewsPage.objects.order_by(), self.private)
        self.own = self.public.tied_to(campaign).in_period(period)

    def originals(self, keys: Collection[UUID]) -> list[Page]:
        """Of the pages `keys` and of the stories, with their bodies."""
        earlier = Page.objects.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
        wanted = Q(translation_key__in=keys) | Q(translation_key__in=self.own.values("translation_key"))
        pages = Page.objects.filter(wanted).exclude(Exists(earlier)).order_by("pk")
        found = pages.select_related("campaignpage", "editionpage", "newspage")
        return [specific(page) for page in found]

    def pieces(self, picks: dict[str, set[int]]) -> dict[UUID, Row]:
        """Quotes, takeaways and key figures that belong here or are picked, in all languages."""
        parts = [self._pieces(kind, picks.get(kind, set())) for kind in PIECES]
        return rows(parts[0].union(*parts[1:], all=True))

    def _pieces(self, kind: str, picked: set[int]) -> QuerySet:
        model = model_of(kind)
        story = model.objects.all().story_field
        shown = live_pieces(model.objects.all()).without_hidden_story(self.public)
        if kind == Kind.QUOTE:
            shown = shown.consented()
        belonging = shown.belonging_to(self.campaign, self.own, self.period).order_by()
        of_picked = model.objects.filter(pk__in=picked).values("translation_key")
        wanted = Q(translation_key__in=shown.filter(translation_key__in=of_picked).values("translation_key"))
        wanted |= Q(translation_key__in=belonging.values("translation_key"))
        return _columns(
            kind,
            model.objects.filter(wanted).order_by(),
            TITLES[kind],
            story=F(f"{story}__translation_key"),
            speaker=F("speaker__translation_key") if kind == Kind.QUOTE else None,
            newness=_newness(kind, story),
            belongs=Case(
                When(translation_key__in=belonging.values("translation_key"), then=Value(True)),
                default=Value(False),
            ),
        )


def specific(page: Page) -> Page:
    """As the query has fetched it; `Page.specific` would ask again."""
    names = ("campaignpage", "editionpage", "newspage")
    return next(found for name in names if (found := page._state.fields_cache.get(name)))


def ties_of(stories: Collection[int]) -> dict[UUID, dict[str, list[UUID]]]:
    """Per story what is named on it."""
    parts = [
        model.objects.filter(page__in=stories)
        .order_by()
        .values_list(
            "page__translation_key", Value(str(kind), CharField()), f"{name}__translation_key", "sort_order"
        )
        for kind, (model, name) in TIES.items()
    ]
    found = defaultdict(lambda: defaultdict(list))
    for story, kind, key, _place in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[3] or 0):
        found[story][kind].append(key)
    return found


def named(
    keys: dict[str, Collection[UUID]],
    pages: Collection[UUID],
    linked: Collection[int],
    organisations: Collection[int],
    private: QuerySet,
) -> dict[UUID, Row]:
    """What pages and pieces name, the pages `pages` in all their languages, the resources among `linked`, and the
    picked organisations."""
    parts = []
    for kind in NAMES:
        model = model_of(kind)
        wanted = Q(translation_key__in=keys.get(kind, ()))
        if kind == Kind.ORGANISATION:
            picked = model.objects.filter(pk__in=organisations).order_by()
            wanted |= Q(translation_key__in=picked.values("translation_key"))
        shown = live_pieces(model.objects.filter(wanted)).order_by()
        found = model.objects.filter(translation_key__in=shown.values("translation_key")).order_by()
        parts.append(_columns(kind, found, "name", picture=F("photo_id") if kind == Kind.PERSON else None))
    resources = model_of(Kind.RESOURCE).objects.order_by()
    chosen = Page.objects.filter(pk__in=linked).order_by().values("translation_key")
    public = public_pages(resources.filter(translation_key__in=chosen), private).values("translation_key")
    parts.append(_columns(Kind.RESOURCE, resources.filter(translation_key__in=public), "title"))
    every = Page.objects.filter(translation_key__in=pages).order_by()
    parts.append(_columns("", every, "title"))
    return rows(parts[0].union(*parts[1:], all=True))


def pictures(pks: Iterable[int]) -> list[SiteImage]:
    return list(SiteImage.objects.filter(pk__in=set(pks)).only("pk", "title", "alt_texts").order_by("pk"))


def rows(found: Iterable[tuple]) -> dict[UUID, Row]:
    """The first made of a key is the original."""
    by_key: dict[UUID, Row] = {}
    for kind, pk, key, locale, live, title, *rest in sorted(found, key=lambda row: row[1]):
        row = by_key.get(key)
        if row is None:
            row = by_key[key] = Row(kind, key, pk, locale, title or "", {}, {}, *rest)
        row.targets[locale] = live
        row.pks[locale] = pk
    return by_key


def _columns(
    kind: str, found: QuerySet, title: str, story=None, speaker=None, newness=None, belongs=None, picture=None
) -> QuerySet:
    """Alike for each kind, for they are read together."""
    nobody = Cast(Value(None), UUIDField())
    return found.values_list(
        Value(str(kind), CharField()),
        "pk",
        "translation_key",
        "locale_id",
        "live",
        Cast(Left(title, LONGEST_TITLE), TextField()),
        nobody if story is None else story,
        nobody if speaker is None else speaker,
        Value("", TextField()) if newness is None else newness,
        Value(False, BooleanField()) if belongs is None else belongs,
        Cast(Value(None), Page._meta.pk) if picture is None else picture,
    )


def _newness(kind: str, story: str) -> Coalesce:
    own = {Kind.QUOTE: Coalesce("date", f"{story}__date"), Kind.FIGURE: F("year")}.get(kind, F(f"{story}__date"))
    return Coalesce(Cast(own, TextField()), Value(""), output_field=TextField())
