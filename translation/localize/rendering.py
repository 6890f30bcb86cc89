"""A translated object whose texts are marked, so that a rendered page tells where each string stands."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from wagtail_localize.models import OverridableSegment, StringSegment, TemplateSegment, Translation
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.strings import StringValue

from core.typed import Translatable

Mark = Callable[[int, str], str]


def marked_instance(translation: Translation, mark: Mark) -> Translatable:
    """Return the target with the draft texts, and source texts where there is none, not to be saved. Each text is
    what `mark` returns for the primary key of its segment and the text; several segments with one text have the
    key of the first. Related objects stay those of the source: pages find their translations when they are
    rendered, and wagtail-localize would ask three queries for each."""
    source: Any = translation.source
    # The method asks for the texts by this one, which reads them from the database without marks.
    source._get_segments_for_translation = lambda locale, fallback: _values(translation, mark)
    try:
        instance: Translatable = source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    finally:
        del source._get_segments_for_translation
    return instance


def marked_texts(translations: Iterable[Translation], locale_id: int, mark: Mark) -> dict[UUID, dict[str, str]]:
    """Return by translation key the texts of fields of snippets without blocks and formatted text, by the names of
    the fields, as `marked_instance` fills them (one query)."""
    keys = {each.source_id: each.source.object_id for each in translations}
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    strings = StringSegment.objects.filter(source__in=keys).annotate_translation(locale_id)
    for row in strings.select_related("context", "string"):
        text = StringValue(mark(row.pk, row.translation or row.string.data)).render_text()
        found[keys[row.source_id]][row.context.path] = text
    return found


def _values(translation: Translation, mark: Mark) -> list[Any]:
    """Return the values of the segments, as `TranslationSource._get_segments_for_translation` does (three
    queries)."""
    source_id, locale_id = translation.source_id, translation.target_locale_id
    values: list[Any] = []
    first: dict[tuple[int, int], int] = {}
    strings = StringSegment.objects.filter(source=source_id).annotate_translation(locale_id)
    for row in strings.select_related("context", "string").order_by("order", "pk"):
        number = first.setdefault((row.context_id, row.string_id), row.pk)
        text = StringValue(mark(number, row.translation or row.string.data))
        value = StringSegmentValue(row.context.path, text, attrs=json.loads(row.attrs))
        values.append(value.with_order(row.order))
    templates = TemplateSegment.objects.filter(source=source_id).select_related("template", "context")
    for row in templates:
        template = row.template
        values.append(
            TemplateSegmentValue(
                row.context.path,
                template.template_format,
                template.template,
                template.string_count,
                order=row.order,
            )
        )
    overrides = OverridableSegment.objects.filter(source=source_id).annotate_override_json(locale_id)
    for row in overrides.filter(override_json__isnull=False).select_related("context"):
        values.append(OverridableSegmentValue(row.context.path, json.loads(row.override_json), order=row.order))
    return values
