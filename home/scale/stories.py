"""The stories, with the quotes, takeaways, key figures and commitments that come from them."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from campaigns.kinds import COMMITMENTS, KEY_FIGURES, KINDS, QUOTES, TAKEAWAYS, Kind
from campaigns.models import (
    SDG,
    CampaignPage,
    EditionPage,
    NewsCampaign,
    NewsIndexPage,
    NewsPage,
    NewsPartner,
    NewsPlace,
    NewsProject,
    NewsSDG,
    NewsTopic,
    Organisation,
    Person,
    Place,
    ProjectPage,
    StateChange,
    Topic,
)
from campaigns.models.material import MaterialSnippet
from core.consent.rules import ConsentScope
from core.models import SiteImage
from core.typed import Translatable

from . import texts
from .rows import index_references, insert_children, insert_pages, without_children

AT_ONCE = 200
"""Subjects that are written in one transaction."""
PEOPLE = 4
"""New people for as many subjects."""
YEARS = 20
FILLING = 6
"""Pieces of each kind that a campaign gets in an edition, and in the last days, from the first subjects of all: as
many as a page shows."""
SLUG = "scale-"
ALL = ("en", "ru", "tg", "fa-af")
LANGUAGES = (*[ALL] * 6, ALL[:3], ALL[:2], ALL[:1], ("ru",))
"""Languages of a story, the source language first: in those that are missing, readers see a fallback language."""
EVERY = {QUOTES.name: 10, TAKEAWAYS.name: 14, KEY_FIGURES.name: 20, COMMITMENTS.name: 30}
"""Of how many subjects one has material of a kind."""
BLOCKS = {
    QUOTES.name: "voices",
    TAKEAWAYS.name: "takeaways",
    KEY_FIGURES.name: "key_figures",
    COMMITMENTS.name: "commitments",
}


@dataclass(frozen=True)
class Subject:
    """What a story is about, the same in all its languages."""

    number: int
    key: UUID
    date: datetime.date
    codes: tuple[str, ...]
    kinds: tuple[Kind, ...]
    image: int
    ties: dict[str, tuple[type[Any], str, list[int]]]
    """By child relation: the model of the tie, the name of its foreign key, and primary keys."""

    @property
    def published(self) -> datetime.datetime:
        noon = datetime.datetime.combine(self.date, datetime.time(12), tzinfo=datetime.UTC)
        return min(noon, timezone.now())

    @property
    def state(self) -> dict[str, Any]:
        """The fields of something that was published and not changed since."""
        return {"live": True, "first_published_at": self.published, "last_published_at": self.published}

    @property
    def campaign(self) -> int:
        _model, _field, keys = self.ties["campaign_ties"]
        return keys[0]


class StoryMaker:
    """Maker of stories on a site that has the demo. `say` prints a line of progress."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.locales: dict[str, Locale] = {
            each.language_code: each for each in Locale.objects.all() if each.language_code in ALL
        }
        self.parents = {
            each.locale.language_code: each
            for each in NewsIndexPage.objects.order_by("-pk").select_related("locale")
        }
        slugs = NewsPage.objects.filter(slug__startswith=SLUG).order_by().values_list("slug", flat=True)
        self.first = 1 + max((int(slug.removeprefix(SLUG)) for slug in slugs.iterator()), default=0)

    @cached_property
    def targets(self) -> dict[type[Any], list[int]]:
        """Primary keys of the demo's objects in the source language, by model, and of its pictures."""
        of_source: list[type[Translatable]] = [CampaignPage, ProjectPage, Organisation, Topic, Place, SDG]
        found = {
            model: list(
                model._base_manager.filter(locale=self.locales["en"], live=True)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
            for model in of_source
        }
        return {**found, SiteImage: list(SiteImage.objects.order_by("pk").values_list("pk", flat=True))}

    @cached_property
    def filled(self) -> list[tuple[int, datetime.date, int]]:
        """The primary key of a campaign, a first day and a number of days, for the last edition but one of each
        campaign and for the last thirty days."""
        found = []
        for campaign in CampaignPage.objects.filter(pk__in=self.targets[CampaignPage]).order_by("pk"):
            editions = list(EditionPage.objects.child_of(campaign).live().order_by("starts_on"))
            for edition, following in zip(editions[-2:-1], editions[-1:], strict=False):
                days = (following.starts_on - edition.starts_on).days
                found.append((campaign.pk, edition.starts_on, max(1, days)))
            found.append((campaign.pk, timezone.localdate() - datetime.timedelta(days=29), 30))
        return found

    def missing(self) -> list[str]:
        """Return what the site lacks: names of models, and codes of languages without a list of stories."""
        empty = [str(model._meta.verbose_name_plural) for model, keys in self.targets.items() if not keys]
        return [*empty, *(code for code in ALL if code not in self.parents)]

    def make(self, count: int) -> None:
        """Add `count` stories, each language counted."""
        made = 0
        some: list[Subject] = []
        for subject in self._subjects(count):
            some.append(subject)
            if len(some) == AT_ONCE:
                made += self._write(some)
                self.say(f"{made} of {count} stories")
                some = []
        if some:
            self._write(some)

    def _subjects(self, count: int) -> Iterator[Subject]:
        number, left = self.first, count
        while left:
            subject = self._subject(number, left)
            yield subject
            number, left = number + 1, left - len(subject.codes)

    def _subject(self, number: int, most: int) -> Subject:
        """Return the subject of this number, in at most as many languages. It is always the same for the same
        demo and day."""
        dice = Random(number)
        today = timezone.localdate()

        def some(model: type[Any], least: int, most: int) -> list[int]:
            keys = self.targets[model]
            return dice.sample(keys, min(dice.randint(least, most), len(keys)))

        kinds = tuple(kind for kind in KINDS if number % EVERY[kind.name] == 1)
        campaign, first, days = None, today - datetime.timedelta(days=365 * YEARS - 1), 365 * YEARS
        if number <= FILLING * len(KINDS) * len(self.filled):
            # On small sites as on large ones, pages have as much material as they show.
            turn, place = divmod(number, len(self.filled))
            campaign, first, days = self.filled[place]
            kinds = tuple(kind for kind in KINDS if kind in kinds or kind is KINDS[turn % len(KINDS)])
        return Subject(
            number=number,
            key=UUID(int=dice.getrandbits(128), version=4),
            date=first + datetime.timedelta(days=dice.randrange(days)),
            codes=LANGUAGES[number % len(LANGUAGES)][:most],
            kinds=kinds,
            image=dice.choice(self.targets[SiteImage]),
            ties={
                "places": (NewsPlace, "place", some(Place, 1, 1)),
                "campaign_ties": (NewsCampaign, "campaign", [campaign] if campaign else some(CampaignPage, 1, 1)),
                "project_ties": (NewsProject, "project", some(ProjectPage, 0, 1)),
                "partner_ties": (NewsPartner, "organisation", some(Organisation, 0, 1)),
                "topic_ties": (NewsTopic, "topic", some(Topic, 1, 2)),
                "sdg_ties": (NewsSDG, "sdg", some(SDG, 0, 2)),
            },
        )

    @transaction.atomic
    def _write(self, subjects: Sequence[Subject]) -> int:
        """Write these stories and what comes from them, and return the number of stories. In each language that an
        object has, the row in the source language is written first, which is how it is known."""
        pages: dict[tuple[int, str], NewsPage] = {}
        for part in (slice(0, 1), slice(1, None)):
            for code in ALL:
                of_code = [subject for subject in subjects if code in subject.codes[part]]
                if of_code:
                    made = insert_pages(self.parents[code], [self._page(subject, code) for subject in of_code])
                    insert_children(made)
                    pages |= {(subject.number, code): page for subject, page in zip(of_code, made, strict=True)}
        index_references(pages.values())
        people = self._people(subjects)
        for kind in KINDS:
            of_kind = [subject for subject in subjects if kind in subject.kinds]
            self._insert(
                [
                    self._piece(kind, subject, code, pages[subject.number, subject.codes[0]], people)
                    for subject, code in _sources_first(of_kind)
                ]
            )
        return len(pages)

    def _page(self, subject: Subject, code: str) -> NewsPage:
        ties = {
            name: [model(**{f"{field}_id": pk}) for pk in keys]
            for name, (model, field, keys) in subject.ties.items()
        }
        return NewsPage(
            **{**without_children(NewsPage), **ties},
            **subject.state,
            translation_key=subject.key,
            content_key=subject.key,
            slug=f"{SLUG}{subject.number}",
            address_typed=True,
            title=texts.title(code, subject.number),
            summary=texts.summary(code, subject.number),
            date=subject.date,
            dateline_date=subject.date,
            lead_image_id=subject.image,
            body=texts.body(code, subject.number, [BLOCKS[kind.name] for kind in subject.kinds]),
        )

    def _people(self, subjects: Sequence[Subject]) -> list[Person]:
        """Insert some people in all languages, and return their rows in the source language."""
        chosen = [subject for subject in subjects if subject.codes == ALL][:PEOPLE]
        people = [
            Person(
                **without_children(Person),
                **subject.state,
                translation_key=uuid5(subject.key, "person"),
                locale=self.locales[code],
                name=texts.phrase(code, "person", subject.number),
                role=texts.phrase(code, "role", subject.number),
            )
            for subject, code in _sources_first(chosen)
        ]
        self._insert(people)
        return people[: len(chosen)]

    def _piece(
        self, kind: Kind, subject: Subject, code: str, source: NewsPage, people: Sequence[Person]
    ) -> MaterialSnippet:
        """Return a row of material, which is tied to its story's campaign for one subject of three. Half of the
        quotes name a person."""
        fields = FIELDS[kind.name](subject, code)
        person = people[subject.number % len(people)].pk if people and subject.number % 4 == 1 else None
        if kind.people_field and person:
            fields[f"{kind.people_field}_id"] = person
        if kind is COMMITMENTS:
            organisations = self.targets[Organisation]
            fields["organisation_id"] = organisations[subject.number % len(organisations)]
        if subject.number % 3 == 1:
            fields["campaign_ties"] = [kind.ties(campaign_id=subject.campaign)]
        return kind.model(
            **{
                **without_children(kind.model),
                **subject.state,
                "translation_key": uuid5(subject.key, kind.code),
                "locale": self.locales[code],
                f"{kind.story_field}_id": source.pk,
                **fields,
            }
        )

    def _insert(self, rows: Sequence[Translatable]) -> None:
        """Insert snippets of one model with their child rows and references."""
        if rows:
            type(rows[0])._base_manager.bulk_create(rows)
            insert_children(rows)
            index_references(rows)


def _sources_first(subjects: Sequence[Subject]) -> list[tuple[Subject, str]]:
    """Return the subjects with each of their languages, those in the source language first."""
    first = [(subject, subject.codes[0]) for subject in subjects]
    return first + [(subject, code) for subject in subjects for code in subject.codes[1:]]


def _consent(subject: Subject) -> dict[str, Any]:
    return {
        "consent_reference": f"SCALE-{subject.number}",
        "consent_scope": ConsentScope.WEBSITE,
        "consent_until": timezone.localdate() + datetime.timedelta(days=365 + subject.number % 365),
    }


def _quote(subject: Subject, code: str) -> dict[str, Any]:
    official = subject.number % 40 == 11
    return {
        "text": texts.phrase(code, "quote", subject.number),
        "role": texts.phrase(code, "role", subject.number),
        "original_language": subject.codes[0],
        "date": subject.date,
        "who_speaks": "official" if official else "adult",
        **({} if official else _consent(subject)),
    }


def _takeaway(subject: Subject, code: str) -> dict[str, Any]:
    return {
        "statement": texts.phrase(code, "takeaway", subject.number),
        "detail": texts.phrase(code, "detail", subject.number),
    }


def _figure(subject: Subject, code: str) -> dict[str, Any]:
    return {
        "value": str(subject.number),
        "label": texts.phrase(code, "figure", subject.number),
        "year": subject.date.year,
        "source": texts.phrase(code, "source", subject.number),
    }


def _commitment(subject: Subject, code: str) -> dict[str, Any]:
    evidence = f"https://example.org/commitments/{subject.number}"
    return {
        "text": texts.phrase(code, "commitment", subject.number),
        "date": subject.date,
        "states": [StateChange(state="planned", date=subject.date, evidence_url=evidence)],
        **_consent(subject),
    }


FIELDS: dict[str, Callable[[Subject, str], dict[str, Any]]] = {
    QUOTES.name: _quote,
    TAKEAWAYS.name: _takeaway,
    KEY_FIGURES.name: _figure,
    COMMITMENTS.name: _commitment,
}
