"""The members of a campaign or an edition: everything that its readers see, and which members each one shows. The
sources decide what belongs to it, as on the pages themselves (`campaigns.querysets`)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from wagtail.models import Locale, Page

from campaigns.material import DEFAULT_LIMIT
from campaigns.querysets import Period
from core.media.alt_texts import outdated
from core.typed import Translatable
from translation.campaign_contents import rows
from translation.campaign_contents.bodies import Body, Toolkit, read, words_in
from translation.campaign_contents.families import Edition, Family, families, family_of
from translation.campaign_contents.kinds import MATERIAL, PAGES, UNTRANSLATED, Kind, model_of


@dataclass(frozen=True)
class Member:
    """An object of a campaign or an edition, in all its languages.

    `title`, `pk` and `source_locale` are the source's. `linked` are the keys of the members that it shows,
    `parent` is that of its page or story. `targets` has, by locale id, whether it is live. For an image, `targets`
    has the languages with an alternative text, `outdated` those whose text is stale, and `drafts` the status of
    texts that are in review or were sent back. `words` is an estimate for objects that were never sent for
    translation."""

    kind: str
    key: UUID
    title: str
    pk: int
    source_locale: int
    parent: UUID | None = None
    linked: tuple[UUID, ...] = ()
    targets: dict[int, bool] = field(default_factory=dict)
    pks: dict[int, int] = field(default_factory=dict)
    words: int = 0
    outdated: frozenset[int] = frozenset()
    drafts: dict[int, str] = field(default_factory=dict)

    @property
    def model(self) -> type[Translatable]:
        return model_of(self.kind)

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def is_page(self) -> bool:
        return self.kind in PAGES

    @property
    def is_translated(self) -> bool:
        """Whether it has translations; images and toolkits have texts or files per language instead."""
        return self.kind not in UNTRANSLATED


def members_of(
    page: Page, known: list[Family] | None = None, locales: Iterable[Locale] | None = None
) -> list[Member]:
    """Return the members of a campaign or an edition, whose `page` may be in any language (six queries; four if
    `known`, the result of `families`, and `locales` are given). Raise LookupError for another page."""
    family, edition = family_of(page, families() if known is None else known)
    return Gathering(family, edition, Locale.objects.all() if locales is None else locales).members()


class Gathering:
    """The queried content of a campaign with its live editions, or of one `edition`, from which `members` are
    made; all of it, or the portion with this `number` (`portions`). Of a portion, an edition of the campaign shows
    only what is among it."""

    def __init__(
        self, family: Family, edition: Edition | None, locales: Iterable[Locale], number: int | None = None
    ):
        self.family, self.edition = family, edition
        self.locales = {locale.language_code: locale.pk for locale in locales}
        editions = [edition] if edition else [each for each in family.editions if each.live]
        stories = rows.Stories(family.translation_key, self._period(edition), number)
        self.portion = stories.portion
        keys = [family.translation_key, *(each.translation_key for each in editions)]
        self.originals = stories.originals(keys)
        self.bodies = {key: read(key, json.loads(page.body)) for key, page in self.originals.items()}
        self.pieces = stories.pieces({kind: self._picked(kind) for kind in MATERIAL})
        self.stories = {key: page for key, page in self.originals.items() if page.kind == Kind.STORY}
        pointed_at = {
            Kind.ORGANISATION: self._picked(Kind.ORGANISATION),
            Kind.RESOURCE: {pk for body in self.bodies.values() for pk in body.pages},
            Kind.IMAGE: self._pictures(),
        }
        story_pks = [story.pk for story in self.stories.values()]
        speakers = {row.speaker for row in self.pieces.values() if row.speaker is not None}
        named = rows.named(story_pks, speakers, list(self.originals), pointed_at, stories.private)
        self.ties, self.names = named.ties, named.names
        found = [*self.pieces.values(), *self.names.values()]
        self.by_pk = {(row.kind, pk): row.key for row in found for pk in row.pks.values()}
        self.images = {picture.pk: picture for picture in named.pictures}

    def members(self) -> list[Member]:
        """Return all members, ordered by kind, in the order of `Kind`."""
        found = [self._page(key, page) for key, page in self.originals.items()]
        found += [self._piece(row) for row in self.pieces.values()]
        found += [self._name(row) for row in self.names.values() if row.kind]
        found += [self._image(image) for image in self.images.values()]
        found += [self._toolkit(key, toolkit) for key, body in self.bodies.items() for toolkit in body.toolkits]
        order = list(Kind.values)
        return sorted(found, key=lambda member: order.index(member.kind))

    def _page(self, key: UUID, page: rows.Original) -> Member:
        parent = self.family.translation_key if page.kind == Kind.EDITION else None
        row, linked = self.names[key], tuple(dict.fromkeys(self._shown(key, page)))
        words = self.bodies[key].words + words_in(page.title) + words_in(page.text)
        return Member(
            page.kind, key, page.title, page.pk, page.locale_id, parent, linked, row.targets, row.pks, words
        )

    def _piece(self, row: rows.Row) -> Member:
        parent = row.story if row.story in self.stories else None
        linked = (row.speaker,) if row.speaker in self.names else ()
        return self._member(row, parent, linked)

    def _name(self, row: rows.Row) -> Member:
        linked = (image_key(row.picture),) if row.picture in self.images else ()
        return self._member(row, None, linked)

    def _image(self, image: rows.Picture) -> Member:
        written = {pk: True for code, pk in self.locales.items() if image.alt_texts.get(code)}
        own = self.locales.get(settings.LANGUAGE_CODE, 0)
        stale = outdated(image.alt_texts, image.alt_sources)
        old = frozenset(pk for code, pk in self.locales.items() if code in stale)
        key = image_key(image.pk)
        return Member(
            Kind.IMAGE, key, image.title, image.pk, own, targets=written, outdated=old, drafts=image.drafts
        )

    def _toolkit(self, key: UUID, toolkit: Toolkit) -> Member:
        page = self.originals[key]
        there = {pk: True for code, pk in self.locales.items() if code in toolkit.languages}
        title = f"{page.title}: {toolkit.title}" if toolkit.title else page.title
        return Member(Kind.TOOLKIT, toolkit.key, title, page.pk, page.locale_id, parent=key, targets=there)

    @staticmethod
    def _member(row: rows.Row, parent: UUID | None, linked: tuple[UUID, ...]) -> Member:
        words = words_in(row.title)
        return Member(
            row.kind, row.key, row.title, row.pk, row.source_locale, parent, linked, row.targets, row.pks, words
        )

    def _shown(self, key: UUID, page: rows.Original) -> Iterator[UUID]:
        """Yield the keys of the members that a page shows: picked and filled-in material, ties, images and
        toolkits. Other pages do not count: they are only linked."""
        body = self.bodies[key]
        for name, picks in body.picks.items():
            yield from (self.by_pk[name, pk] for pk in picks if (name, pk) in self.by_pk)
        if page.kind == Kind.STORY:
            yield from (row.key for row in self.pieces.values() if row.story == key)
            yield from (name for names in self.ties[key].values() for name in names if name in self.names)
        else:
            yield from self._filling(key, body)
        yield from (image_key(pk) for pk in [page.lead_image_id, *body.images] if pk in self.images)
        yield from (toolkit.key for toolkit in body.toolkits)

    def _filling(self, key: UUID, body: Body) -> Iterator[UUID]:
        """Yield the keys of the material and partners that the blocks show besides the picked rows, as
        `campaigns.material` fills them: the newest first, up to the number of each block, DEFAULT_LIMIT for
        material without a block."""
        period = self._period(self.family.edition(key)) or self._period(self.edition)
        newest = sorted(self.pieces.values(), key=lambda row: (row.newness, row.pk), reverse=True)
        for kind in MATERIAL:
            own = [row.key for row in newest if row.kind == kind and row.belongs and self._falls(row, period)]
            yield from own[: body.fills.get(kind, DEFAULT_LIMIT)]
        partners = [name for ties in self.ties.values() for name in ties[Kind.ORGANISATION] if name in self.names]
        yield from list(dict.fromkeys(partners))[: body.fills.get(Kind.ORGANISATION, 0)]

    def _falls(self, row: rows.Row, period: Period | None) -> bool:
        """Return whether the date of the row's story, or else its own date, is in the period; for a key figure its
        year. True if there is no period."""
        if period is None:
            return True
        if row.story in self.stories:
            return within(period, str(self.stories[row.story].date))
        if row.kind == Kind.FIGURE:
            first, last = period.start.year, period.end.year if period.end else 9999
            return row.newness.isdigit() and first <= int(row.newness) < max(last, first + 1)
        return within(period, row.newness)

    def _period(self, edition: Edition | None) -> Period | None:
        return self.family.period(edition.translation_key) if edition else None

    def _picked(self, kind: str) -> set[int]:
        return {pk for body in self.bodies.values() for pk in body.picks[kind]}

    def _pictures(self) -> set[int]:
        leads = {page.lead_image_id for page in self.originals.values()}
        found = leads | {pk for body in self.bodies.values() for pk in body.images}
        return {pk for pk in found if pk is not None}


def image_key(pk: int) -> UUID:
    """Return the key that stands for an image, which has no translation key: one row serves all languages."""
    return uuid5(NAMESPACE_URL, f"image:{pk}")


def within(period: Period, day: str) -> bool:
    """Return whether a date in ISO 8601 is in the period, whose end does not count; False if the date is empty."""
    return bool(day) and str(period.start) <= day and (period.end is None or day < str(period.end))
