"""Sources follow what is live, and translations follow their sources as far as no person is needed."""

import json

from django.db import transaction
from wagtail_localize.models import TranslationSource

from core.publishing.gate import shown
from core.typed import Translatable
from translation.notices.events import tell_of_change
from translation.sync.state import keep_up


def follow(instance: Translatable) -> None:
    """Brings the source of what has just gone live up to date, if it was ever submitted for translation."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is None:
        return
    before, after = json.loads(source.content_json), json.loads(instance.to_json())
    if shown(before) != shown(after):
        refresh(source)


@transaction.atomic
def refresh(source: TranslationSource) -> None:
    """Update a source to what is live, where wagtail-localize keeps it as it was submitted. Approved texts of what
    has changed are kept (`translation.sync.realign`). Call it in a transaction: wagtail-localize's own begins too
    late."""
    source.update_from_db()
    for translation in source.translations.filter(enabled=True).select_related("source", "target_locale"):
        if not keep_up(translation):
            tell_of_change(translation)
