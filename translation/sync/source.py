"""Update of translation sources from live objects, and of translations as far as that needs no person."""

import json

from django.db import transaction
from modelcluster.models import ClusterableModel
from wagtail_localize.models import TranslationSource

from core.publishing.gate import shown
from translation.notices.events import tell_of_change
from translation.sync.upkeep import keep_up


def follow(instance: ClusterableModel) -> None:
    """Update the translation source of an object that has just gone live, with `refresh`. Do nothing if it was
    never sent for translation or its public content has not changed."""
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    ).first()
    if source is None:
        return
    before, after = json.loads(source.content_json), json.loads(instance.to_json())
    if shown(before) != shown(after):
        refresh(source)


@transaction.atomic
def refresh(source: TranslationSource) -> None:
    """Update a translation source from the stored object, where wagtail-localize keeps it as it was submitted.
    Texts of changed strings are kept (`translation.sync.realign`). Translations that fit are published, and the
    translators of the others are notified. The transaction includes what wagtail-localize does before its own
    begins."""
    source.update_from_db()
    for translation in source.translations.filter(enabled=True).select_related("source", "target_locale"):
        if not keep_up(translation):
            tell_of_change(translation)
