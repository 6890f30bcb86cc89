"""Translations of the demo. They are stored in wagtail-localize, so that translators can continue with them."""

from django.utils import timezone
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog, TranslationSource

from core import rules
from core.internals.wagtail_models import find_available_slug
from core.publishing.gate import confirmed

from .content import Piece

TOOL = "Machine translation of the demo"


def translate(piece: Piece, source: TranslationSource, target: DraftStateMixin, locale: Locale) -> None:
    """Translate `source` into `target`, an empty draft, and publish it. Raise KeyError for a string of the source
    that the piece does not translate."""
    now = timezone.now()
    phrases = piece.phrases(locale.language_code)
    rows = {
        (segment.string_id, segment.context_id): StringTranslation(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=locale,
            data=phrases[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=TOOL,
        )
        for segment in source.stringsegment_set.select_related("string")
    }
    StringTranslation.objects.bulk_create(rows.values())
    Translation.objects.create(
        source=source, target_locale=locale, translations_last_updated_at=now, destination_last_updated_at=now
    )
    # A related quote without a translation keeps pointing to the source language; templates draw the best one.
    translated = source.get_ephemeral_translated_instance(locale, fallback=True)
    if isinstance(translated, Page):
        translated.slug = find_available_slug(target.get_parent(), translated.slug, ignore_page_id=target.pk)
    revision = translated.save_revision()
    with rules.reviewed_elsewhere(), confirmed():
        revision.publish()
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
