"""Update of translation sources from live objects, and of translations as far as that needs no person."""

import json
from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from modelcluster.models import ClusterableModel
from wagtail_localize.models import TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from core import work
from core.publishing.gate import shown
from translation.notices.events import tell_of_change
from translation.sync.upkeep import keep_up
from translation.units import memory
from translation.units.summaries import outdate

WENT_LIVE = "translation_sources"
"""Work on the sources of objects that have gone live. Keys: the primary key of the `TranslationSource`."""


def connect() -> None:
    """Register the work of this module with `core.work`."""
    work.register(WENT_LIVE, follow_recorded, slice_size=1)


def record_live(instance: ClusterableModel) -> None:
    """Record in the current transaction that the worker is to `follow` an object that has just gone live."""
    work.record(WENT_LIVE, map(str, _sources_of(instance).values_list("pk", flat=True)))


def follow_recorded(keys: list[str]) -> None:
    """Follow the objects of these sources, unless they were deleted meanwhile. `keys` are as of WENT_LIVE."""
    for source in TranslationSource.objects.filter(pk__in=map(int, keys)):
        with suppress(ObjectDoesNotExist):
            follow(source.get_source_instance())


def has_new_strings(source: TranslationSource, instance: ClusterableModel) -> bool:
    """Return whether the object has strings that its source lacks as long as the worker has not followed it."""
    known = set(source.stringsegment_set.values_list("string__data", flat=True))
    strings = (each for each in extract_segments(instance) if isinstance(each, StringSegmentValue))
    return any(each.string.data not in known for each in strings)


def _sources_of(instance: ClusterableModel) -> "models.QuerySet[TranslationSource]":
    return TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id)


def follow(instance: ClusterableModel) -> None:
    """Update the translation source of a live object from it, with `refresh`. Do nothing if it was never sent for
    translation or its public content has not changed."""
    source = _sources_of(instance).first()
    if source is None:
        return
    before, after = json.loads(source.content_json), json.loads(instance.to_json())
    if shown(before) != shown(after):
        refresh(source)


@transaction.atomic
def refresh(source: TranslationSource) -> None:
    """Update a translation source from the stored object, where wagtail-localize keeps it as it was submitted. New
    strings get the texts of the memory, changed ones keep theirs (`translation.sync.realign`). Translations that
    fit are published, and the translators of the others are notified. The transaction includes what
    wagtail-localize does before its own begins."""
    source.update_from_db()
    memory.fill_source(source)
    outdate(source.object_id)
    for translation in source.translations.filter(enabled=True).select_related("source", "target_locale"):
        if not keep_up(translation):
            tell_of_change(translation)
