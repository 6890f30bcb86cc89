"""What is translated on the same screen as an object: the quotes, takeaways, key figures and commitments that it
shows, the people in them, and the images."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment, Translation

from campaigns.kinds import BY_MODEL, KINDS, Kind
from campaigns.models import CampaignPage, NewsPage, Person
from core.typed import Translatable
from core.visibility import live_pieces, originals

MOST = 60
"""How many objects are shown at most."""


@dataclass(frozen=True)
class Belonging:
    """An object that is translated on the screen of another. `notes` say what a translator has to know of it: who
    speaks, in which role, in which story."""

    translation: Translation
    instance: Translatable
    kind: str
    notes: tuple[tuple[str, str], ...]


def belonging_to(translation: Translation) -> list[Belonging]:
    """Return the objects that belong to the source of a translation and are translated into its language, in the
    order of their kinds; people come last. Those without consent, or whose source is not live, are left out. It
    takes a query for the keys, one for the translations and one for each kind."""
    if not issubclass(model_of(translation), Page):
        return []
    keys = _keys(translation)
    if not keys:
        return []
    models: list[type[Any]] = [*(kind.model for kind in KINDS), Person]
    types = {model: ContentType.objects.get_for_model(model) for model in models}
    found = Translation.objects.filter(
        source__object_id__in=keys,
        source__specific_content_type__in=types.values(),
        target_locale_id=translation.target_locale_id,
        enabled=True,
    )
    by_type: dict[int, dict[UUID, Translation]] = defaultdict(dict)
    for each in found.select_related("source", "source__locale", "target_locale")[:MOST]:
        by_type[each.source.specific_content_type_id][each.source.object_id] = each
    made = []
    for model in models:
        known = by_type[types[model].pk]
        if known:
            made += [_belonging(known[row.translation_key], row) for row in _instances(model, known)]
    return made


def model_of(translation: Translation) -> type[Translatable]:
    """Return the model of the objects that a translation is about."""
    kind: Any = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    model: type[Translatable] = kind.model_class()
    return model


def _keys(translation: Translation) -> set[UUID]:
    """Return the translation keys of what a page shows by its fields and blocks, of the material of a story or
    that is tied to a campaign, and of the people in these (one query)."""
    key, model = translation.source.object_id, model_of(translation)
    shown = RelatedObjectSegment.objects.filter(source=translation.source_id).order_by().values("object_id")
    parts = [shown.values_list("object_id")]
    for kind in KINDS:
        own = Q(translation_key__in=shown) | _from(kind, key, model)
        rows = kind.model._base_manager.filter(own).order_by()
        parts.append(rows.values_list("translation_key"))
        if kind.people_field:
            parts.append(rows.values_list(f"{kind.people_field}__translation_key"))
    return {row[0] for row in parts[0].union(*parts[1:]) if row[0]}


def _from(kind: Kind, key: UUID, model: type[Translatable]) -> Q:
    if issubclass(model, NewsPage):
        return Q(**{f"{kind.story_field}__translation_key": key})
    if issubclass(model, CampaignPage):
        ties = kind.ties._base_manager.filter(campaign__translation_key=key)
        return Q(pk__in=ties.order_by().values(kind.tie_field))
    return Q(pk__in=[])


def _instances(model: type[Any], keys: Iterable[UUID]) -> QuerySet[Any]:
    rows = model.objects.all()
    if hasattr(rows, "consented"):
        rows = rows.consented()
    kind = BY_MODEL.get(model)
    joined = [name for name in (kind.people_field, kind.story_field) if name] if kind else []
    found = originals(live_pieces(rows).filter(translation_key__in=list(keys))).order_by("pk")
    return found.select_related("locale", *joined)


def _belonging(translation: Translation, row: Any) -> Belonging:
    return Belonging(translation, row, str(row._meta.verbose_name), tuple(_notes(row)))


def _notes(row: Any) -> Iterator[tuple[str, str]]:
    """Yield label and text of what a translator has to know of an object."""
    kind = BY_MODEL.get(type(row))
    if kind is None:
        yield gettext("Name"), str(row)
        if role := getattr(row, "role", ""):
            yield gettext("Role"), role
        return
    person = getattr(row, kind.people_field) if kind.people_field else None
    if person:
        yield gettext("Speaker"), str(person)
    role = getattr(row, "role", "") or (person.role if person else "")
    if role:
        yield gettext("Role"), role
    if getattr(row, "who_speaks", ""):
        yield gettext("Kind of speaker"), str(row.get_who_speaks_display())
    if story := getattr(row, kind.story_field):
        yield gettext("Story"), str(story.title)
