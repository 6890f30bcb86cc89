"""What wagtail-localize's report on translations shows of each one, read together. It asks eight queries for each
row."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView


def with_sources(self: TranslationsReportView) -> QuerySet[Any]:
    """Return the translations of the report with their sources and languages."""
    related = ("source__locale", "source__specific_content_type", "target_locale")
    return all_translations(self).select_related(*related).order_by("pk")


def with_instances(self: TranslationsReportView, *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Return the context of the report, whose translations know their sources and targets."""
    context: dict[str, Any] = context_of_report(self, *args, **kwargs)
    translations = list(context["object_list"])
    context["object_list"] = translations
    # It counts “items”: the model has an English name.
    context["paginator"].model = None
    by_kind = defaultdict(set)
    for each in translations:
        by_kind[each.source.specific_content_type].add(each.source.object_id)
    for kind, keys in by_kind.items():
        rows = kind.get_all_objects_for_this_type(translation_key__in=keys)
        found = {(row.translation_key, row.locale_id): row for row in rows}
        for each in translations:
            if each.source.specific_content_type == kind:
                give_rows(each, found)
    return context


def give_rows(translation: Translation, found: dict[Any, Any]) -> None:
    """Let a translation and its source answer with these instances, and with the state that the query has found.
    What is missing is asked for, and refused, as before."""
    source: Any = translation.source
    if original := found.get((source.object_id, source.locale_id)):
        source.get_source_instance = lambda: original
    if target := found.get((source.object_id, translation.target_locale_id)):
        source.get_translated_instance = lambda _locale: target
    progress = 1, 0 if translation.waiting_for_translation else 1
    translation.get_progress = lambda: progress


all_translations = TranslationsReportView.get_queryset
context_of_report = TranslationsReportView.get_context_data


def install() -> None:
    """Replace the methods of wagtail-localize."""
    TranslationsReportView.get_queryset = with_sources
    TranslationsReportView.get_context_data = with_instances
