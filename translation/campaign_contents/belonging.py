"""What is translated, submitted and reviewed together with a page: the material that it shows or that belongs to
it, and the people in these. Images are not among it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment, Translation

from campaigns.kinds import BY_MODEL, KINDS, Kind
from campaigns.models import CampaignPage, NewsPage, Person
from core.typed import Translatable
from core.visibility import live_pieces, originals

MOST = 60
"""How many objects belong to a page at most."""


def belonging_to(translation: Translation) -> list[tuple[Translation, Translatable]]:
    """Return the translations, into the same language, of what belongs to a page, each with its source, in the
    order of the kinds, people last; nothing for a snippet. What has no consent or is not live in its source
    language is left out, and so are stopped translations. It takes a query for the keys, one for the translations
    and one for each kind."""
    model: type[Any] | None = ContentType.objects.get_for_id(
        translation.source.specific_content_type_id
    ).model_class()
    if model is None or not issubclass(model, Page):
        return []
    models: list[type[Any]] = [*(kind.model for kind in KINDS), Person]
    types = {each: ContentType.objects.get_for_model(each) for each in models}
    found = Translation.objects.filter(
        source__object_id__in=keys_belonging_to(translation, model),
        source__specific_content_type__in=types.values(),
        target_locale_id=translation.target_locale_id,
        enabled=True,
    )
    by_type: dict[int, dict[UUID, Translation]] = defaultdict(dict)
    for each in found.select_related("source", "source__locale", "target_locale")[:MOST]:
        by_type[each.source.specific_content_type_id][each.source.object_id] = each
    return [
        (known[row.translation_key], row)
        for each in models
        if (known := by_type[types[each].pk])
        for row in _instances(each, known)
    ]


def keys_belonging_to(translation: Translation, model: type[Translatable]) -> set[UUID]:
    """Return the translation keys of what a page of this model shows by its fields and blocks, of the material of
    a story or that is tied to a campaign, and of the people in these (one query)."""
    key = translation.source.object_id
    shown = RelatedObjectSegment.objects.filter(source=translation.source_id).order_by().values("object_id")
    parts = [shown.values_list("object_id")]
    for kind in KINDS:
        rows = kind.model._base_manager.filter(Q(translation_key__in=shown) | _from(kind, key, model)).order_by()
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
