"""What is translated, submitted and reviewed together with a page: the material that it shows or that belongs to
it, and the people in these. Images are not among it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, QuerySet, When
from wagtail.models import Page
from wagtail_localize.models import RelatedObjectSegment, TranslatableObject, Translation

from campaigns.kinds import BY_MODEL, KINDS
from campaigns.models import Person
from core.typed import Translatable
from core.visibility import live_pieces, originals

MOST = 60
"""How many of the objects that belong to a page are worked on together, at most; the others are in further
portions."""


def belonging_to(
    translation: Translation, known: Iterable[Translation] | None = None, number: int = 1
) -> list[tuple[Translation, Translatable]]:
    """Return the translations, into the same language, of the portion with this number of what belongs to a page,
    each with its source, in the order of the kinds, people last; nothing for a snippet. What has no consent or is
    not live in its source language is left out, and so are stopped translations. It takes a query for each kind,
    and one for the translations unless the caller has the rows of `portion_with`."""
    model: type[Any] | None = ContentType.objects.get_for_id(
        translation.source.specific_content_type_id
    ).model_class()
    if model is None or not issubclass(model, Page):
        return []
    if known is None:
        known = portion_with(translation.source.object_id, translation.target_locale.language_code, number)
    by_type: dict[int, dict[UUID, Translation]] = defaultdict(dict)
    for each in known:
        by_type[each.source.specific_content_type_id][each.source.object_id] = each
    return [
        (of_kind[row.translation_key], row)
        for kind, type_id in _types().items()
        if (of_kind := by_type[type_id])
        for row in _instances(kind, of_kind)
    ]


def together_with(key: UUID, code: str) -> QuerySet[Translation]:
    """Return a queryset of the translations of an object into a language and of what belongs to it, the object
    first, then the oldest, however many they are; of none that are stopped."""
    is_other = Case(When(source__object_id=key, then=0), default=1)
    found = Translation.objects.filter(
        source__object_id__in=_keys_with(key), target_locale__language_code=code, enabled=True
    )
    return found.select_related("source__locale", "target_locale").order_by(is_other, "pk")


def portion_with(key: UUID, code: str, number: int = 1) -> QuerySet[Translation]:
    """Return the rows of `together_with` that are in a portion, which counts from 1; the object itself is in the
    first."""
    return together_with(key, code)[portion_of(number)]


def portion_of(number: int) -> slice:
    """Return which of the rows of `together_with` are in a portion: the first one, and MOST others in each."""
    return slice((number - 1) * MOST + (number > 1), number * MOST + 1)


def _types() -> dict[type[Any], int]:
    """Return the models of what may belong to a page, in their order, with the ids of their content types."""
    models: list[type[Any]] = [*(kind.model for kind in KINDS), Person]
    return {each: ContentType.objects.get_for_model(each).pk for each in models}


def _keys_with(key: UUID) -> QuerySet[Any]:
    """Return a queryset of the translation keys of an object, of what it shows by its fields and blocks, of the
    material of the story or that is tied to the campaign that it is, and of the people in these."""
    related = RelatedObjectSegment.objects.filter(
        source__object_id=key, object__content_type__in=_types().values()
    )
    shown = related.order_by().values_list("object_id")
    parts = [shown]
    for kind in KINDS:
        ties = kind.ties._base_manager.filter(campaign__translation_key=key).order_by().values(kind.tie_field)
        # One by one: no index serves several of these at once.
        for by in (
            {"translation_key__in": shown},
            {f"{kind.story_field}__translation_key": key},
            {"pk__in": ties},
        ):
            rows = kind.model._base_manager.filter(**by).order_by()
            parts.append(rows.values_list("translation_key"))
            if kind.people_field:
                parts.append(rows.values_list(f"{kind.people_field}__translation_key"))
    own = TranslatableObject.objects.filter(pk=key).order_by().values_list("pk")
    return own.union(*parts)


def _instances(model: type[Any], keys: Iterable[UUID]) -> QuerySet[Any]:
    rows = model.objects.all()
    if hasattr(rows, "consented"):
        rows = rows.consented()
    kind = BY_MODEL.get(model)
    joined = [name for name in (kind.people_field, kind.story_field) if name] if kind else []
    found = originals(live_pieces(rows).filter(translation_key__in=list(keys))).order_by("pk")
    return found.select_related("locale", *joined)
