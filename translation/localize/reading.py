"""What wagtail-localize's editor shows of each string and of each related object, read together. It asks four
queries for each string and nine for each related object, and its view cannot be given other query sets."""

from collections import defaultdict
from functools import partial
from typing import Any, Never
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.views import edit_translation
from wagtail_localize.views.edit_translation import SegmentOverrideSerializer, StringTranslationSerializer

from core.internals.wagtail_models import share_workflow_state, with_workflow_states

JOINED = {StringSegment: ("context", "string"), OverridableSegment: ("context",)}
"""The relations that the editor reads of each segment. These models have manager classes of their own."""


def of_string(self: StringTranslationSerializer, translation: StringTranslation) -> int | None:
    """Return the id of the segment of a draft text, as the first answer of the request has found all of them."""
    known = _known(self, "stringsegment_set", "string_id", "context_id")
    return known.get((translation.translation_of_id, translation.context_id))


def of_override(self: SegmentOverrideSerializer, override: SegmentOverride) -> int | None:
    """Return the id of the segment of an override, the same way."""
    return _known(self, "overridablesegment_set", "context_id").get((override.context_id,))


def _known(serializer: Any, segments: str, *fields: str) -> dict[tuple[int, ...], int]:
    """Return the ids of the source's segments by these fields, from the context that all rows share."""
    context = serializer.context
    if segments not in context:
        rows = getattr(context["translation_source"], segments).order_by("-pk").values_list("pk", *fields)
        context[segments] = {tuple(key): pk for pk, *key in rows}
    return context[segments]


class RelatedObjects(list[RelatedObjectSegment]):
    """The related objects of a source, which know their instances in both languages. They stand where prefetched
    rows do, whose order the editor asks for once more."""

    def __init__(self, translation: Translation) -> None:
        rows = translation.source.relatedobjectsegment_set.select_related("context", "object__content_type")
        super().__init__(rows.order_by("order"))
        by_kind = defaultdict(list)
        for segment in self:
            by_kind[segment.object.content_type].append(segment.object_id)
        instances = {}
        locales = (translation.source.locale_id, translation.target_locale_id)
        for kind, keys in by_kind.items():
            for row in kind.get_all_objects_for_this_type(translation_key__in=keys, locale_id__in=locales):
                instances[kind.pk, row.translation_key, row.locale_id] = row
        for segment in self:
            give_instances(segment, instances)

    def order_by(self, _field: str) -> "RelatedObjects":
        return self


def give_instances(segment: Any, instances: dict[tuple[int, UUID, int], Any]) -> None:
    """Let a segment answer with its instances."""
    kind, key = segment.object.content_type_id, segment.object_id
    segment.get_source_instance = lambda: instances.get((kind, key, segment.source.locale_id))
    segment.object.get_instance_or_none = lambda locale: instances.get((kind, key, locale.pk))


class Translations:
    """Stands for the model `Translation` in the module of the editor, which asks it for each related object."""

    DoesNotExist = Translation.DoesNotExist
    _default_manager = Translation._default_manager

    class objects:
        @staticmethod
        def get(*, source__object_id: UUID, target_locale: Any, enabled: bool) -> Translation:
            """Return the translation of a related object, as `shown_together()` has read it."""
            try:
                return target_locale.related_progress[source__object_id]
            except KeyError:
                raise Translation.DoesNotExist from None


class Sources:
    """Stands for the model `TranslationSource` in the module of the editor, which asks it only whether a page may
    be converted to an alias. There are no aliases: a page that a language lacks says so."""

    DoesNotExist = TranslationSource.DoesNotExist

    class objects:
        @staticmethod
        def get(**_of_page: Any) -> Never:
            raise TranslationSource.DoesNotExist


def shown_together(request: HttpRequest, translation: Translation, instance: Any) -> HttpResponse:
    """Show the editor of a translation."""
    if request.method != "POST":
        related = ("source__locale", "source__specific_content_type", "target_locale")
        translation = Translation.objects.select_related(*related).get(pk=translation.pk)
        segments = RelatedObjects(translation)
        translation.source._prefetched_objects_cache = {"relatedobjectsegment_set": segments}
        locale = translation.target_locale
        locale.related_progress = _with_progress([each.object_id for each in segments], locale)
        share_workflow_state(instance)
        if isinstance(instance, Page):
            # Whether the user may edit the other languages is asked of their workflows, too.
            instance.get_translations = lambda: with_workflow_states(type(instance).get_translations(instance))
    return editor(request, translation, instance)


def _with_progress(keys: list[UUID], locale: Locale) -> dict[UUID, Translation]:
    """Return the translations of these objects that follow their sources, by key. They know their progress."""
    found = Translation.objects.filter(source__object_id__in=keys, target_locale=locale, enabled=True)
    translations: dict[UUID, Any] = {each.source.object_id: each for each in found.select_related("source")}
    written = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=locale.pk,
        has_error=False,
    )
    counted = (
        StringSegment.objects.filter(source__in=[each.source_id for each in translations.values()])
        .select_related(None)
        .order_by()
        .values("source_id")
        .annotate(total=Count("pk"), translated=Count("pk", filter=Q(Exists(written))))
    )
    progress = {row["source_id"]: (row["total"], row["translated"]) for row in counted}
    for each in translations.values():
        each.get_progress = partial(progress.get, each.source_id, (0, 0))
    return translations


editor = edit_translation.edit_translation


def install() -> None:
    """Replace the methods of wagtail-localize, and the function by which its hooks show the editor."""
    edit_translation.edit_translation = shown_together
    edit_translation.Translation = Translations
    edit_translation.TranslationSource = Sources
    StringTranslationSerializer.get_segment_id = of_string
    SegmentOverrideSerializer.get_segment_id = of_override
    for model, relations in JOINED.items():
        _join(type(model._default_manager), relations)


def _join(manager: Any, relations: tuple[str, ...]) -> None:
    """Let all query sets of a manager's class, those of related managers included, join these relations."""
    plain = manager.get_queryset
    manager.get_queryset = lambda self: plain(self).select_related(*relations)
