"""Where stories, pieces and what they show stand, by translation keys: for many at once, in a number of queries
that does not grow with them."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from campaigns.kinds import BY_MODEL, KINDS, Kind
from campaigns.models import EditionPage, NewsCampaign, Person
from core.visibility import originals

HOME_DEPTH = 2
# A picture is shown by a person, the person by a quote.
STEPS = 3


def places_of(kind: Kind, keys: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Return pairs of translation keys: of a row of material, and of the story or campaign that it belongs to. A
    pair is returned where one of the two is among `keys`."""
    rows = originals(kind.model._base_manager.all())
    pairs: list[tuple[UUID, UUID]] = []
    for way in (f"{kind.story_field}__translation_key", "campaign_ties__campaign__translation_key"):
        for given in ("translation_key", way):
            found = rows.filter(**{f"{given}__in": keys, f"{way}__isnull": False})
            pairs += found.values_list("translation_key", way)
    return list(dict.fromkeys(pairs))


def around_material(kind: Kind, keys: Collection[UUID]) -> set[UUID]:
    """Their stories, campaigns and editions, where an editor placed them, and the home pages, which show all."""
    if not keys:
        return set()
    places = {place for row, place in places_of(kind, keys) if row in keys}
    rows = kind.model._base_manager.filter(translation_key__in=keys)
    places |= placing({kind.model: set(rows.values_list("pk", flat=True))})[0]
    ties = NewsCampaign.objects.filter(page__translation_key__in=places).order_by()
    places |= set(ties.values_list("campaign__translation_key", flat=True))
    return places | editions_of_stories(places) | keys_of(Page.objects.filter(depth=HOME_DEPTH))


def editions_of_stories(keys: Collection[UUID]) -> set[UUID]:
    """Return the keys of the editions, of the campaigns of these stories, in whose time they fall."""
    ties = NewsCampaign.objects.filter(page__translation_key__in=keys).order_by()
    return editions_at(set(ties.values_list("campaign__path", "page__date")))


def editions_at(times: Collection[tuple[str, datetime.date | None]]) -> set[UUID]:
    """`times`: places of campaigns in the tree, with days; None for a draft that has none yet."""
    dated = [(path, day) for path, day in times if day]
    below = Q(pk__in=[])
    for path in {path for path, _day in dated}:
        below |= Q(path__startswith=path)
    started = defaultdict(list)
    editions = EditionPage.objects.filter(below).order_by("starts_on", "year")
    for path, day, key in editions.values_list("path", "starts_on", "translation_key"):
        started[path[: -Page.steplen]].append((day, key))
    before = ([key for begins, key in started[path] if begins <= day] for path, day in dated)
    return {keys[-1] for keys in before if keys}


def showing(things: Iterable[tuple[type[Model], int]]) -> set[UUID]:
    """The pages that show these pictures, people, places and the like, also in a quote."""
    found: set[UUID] = set()
    asked: dict[type[Model], set[int]] = defaultdict(set)
    for model, pk in things:
        asked[model].add(pk)
    for _step in range(STEPS):
        if not asked:
            break
        pages, asked = placing({model: in_all_languages(model, pks) for model, pks in asked.items()})
        found |= pages
        for kind in KINDS:
            if pks := asked.pop(kind.model, None):
                found |= around_material(kind, keys_of(kind.model._base_manager.filter(pk__in=pks)))
    return found


def placing(things: Mapping[type[Model], set[int]]) -> tuple[set[UUID], dict[type[Model], set[int]]]:
    """The pages that refer to these, and what else does, in Wagtail's own list of what refers to what."""
    to = Q(pk__in=[])
    for kind, pks in things.items():
        to |= Q(to_content_type=ContentType.objects.get_for_model(kind), to_object_id__in=[str(pk) for pk in pks])
    others: dict[type[Model], set[int]] = defaultdict(set)
    rows = ReferenceIndex.objects.filter(to).values_list("base_content_type", "object_id").distinct()
    for content_type, pk in rows:
        if model := ContentType.objects.get_for_id(content_type).model_class():
            others[model].add(int(pk))
    pages = others.pop(Page, set())
    others = {model: pks for model, pks in others.items() if model in {*BY_MODEL, Person}}
    return (keys_of(Page.objects.filter(pk__in=pages)) if pages else set()), others


def in_all_languages(kind: type[Model], pks: set[int]) -> set[int]:
    if not hasattr(kind, "translation_key"):
        return pks
    keys = kind._base_manager.filter(pk__in=pks).values("translation_key")
    return set(kind._base_manager.filter(translation_key__in=keys).values_list("pk", flat=True))


def keys_of(rows: QuerySet[Any]) -> set[UUID]:
    return set(rows.order_by().values_list("translation_key", flat=True))
