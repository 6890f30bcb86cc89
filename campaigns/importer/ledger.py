"""The record of imported files, and the decision what to do with a file that is imported again."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q
from wagtail.models import Locale

from campaigns.importer.text import Source
from campaigns.models import ImportedStory, ImportStatus, NewsPage, Quote


@dataclass(frozen=True)
class Decision:
    """What to do with a file, why, and its record if it was imported before."""

    status: ImportStatus
    reason: str = ""
    entry: ImportedStory | None = None

    @property
    def page(self) -> NewsPage | None:
        """The page that was made of the file before, or None."""
        return self.entry.page if self.entry else None


def source_key(path: Path) -> str:
    """Return the last `ImportedStory.SOURCE_LENGTH` characters of the absolute path. Bytes that are not UTF-8
    become replacement characters."""
    return os.fsencode(path.resolve()).decode("utf-8", "replace")[-ImportedStory.SOURCE_LENGTH :]


def decide(source: Source, locale: Locale) -> Decision:
    """Return what to do with the file in this language: import it if neither its path nor its content is known;
    leave it if the content is unchanged; update its page if the path is known and the page may be changed (see
    `_hindrance`); else skip it. Nothing is stored."""
    key = source_key(source.path)
    entries = ImportedStory.objects.filter(Q(source=key) | Q(sha256=source.sha256), locale=locale)
    found = list(entries.select_related("page__locale"))
    entry = next((entry for entry in found if entry.sha256 == source.sha256), None)
    if entry:
        return _decide_same(entry, key)
    entry = found[0] if found else None
    if entry is None:
        return Decision(ImportStatus.IMPORTED)
    if hindrance := _hindrance(entry):
        return Decision(ImportStatus.SKIPPED, hindrance, entry)
    return Decision(ImportStatus.UPDATED, entry=entry)


def _decide_same(entry: ImportedStory, key: str) -> Decision:
    if entry.page is None:
        return Decision(ImportStatus.SKIPPED, "its page was deleted", entry)
    reason = "" if entry.source == key else f"same content as {entry.source}"
    return Decision(ImportStatus.UNCHANGED, reason, entry)


def _hindrance(entry: ImportedStory) -> str:
    """Return why a changed file must not update its page: it was deleted, published, edited, locked, is in a
    workflow or was translated, or one of its quotes was touched. Return an empty string if it may."""
    page = entry.page
    if page is None:
        return "its page was deleted"
    if page.live or page.first_published_at:
        return "its page has been published"
    if page.latest_revision_id is None or page.latest_revision_id != entry.revision_id:
        return "its page has been edited"
    if page.locked or page.workflow_in_progress:
        return "its page is locked or being reviewed"
    if page.get_translations().exists():
        return "its page has been translated"
    return "a quote of it has been edited, published or translated" if _quotes_touched(page, entry) else ""


def _quotes_touched(page: NewsPage, entry: ImportedStory) -> bool:
    """Return whether a quote of the page is or was live, was edited after the import, or is translated."""
    quotes = Quote.objects.filter(source=page)
    edited = (
        Q(live=True) | Q(first_published_at__isnull=False) | Q(latest_revision__created_at__gt=entry.changed_at)
    )
    keys = quotes.values("translation_key")
    translated = Quote.objects.filter(translation_key__in=keys).exclude(locale=page.locale)
    return quotes.filter(edited).exists() or translated.exists()


def record(source: Source, page: NewsPage, entry: ImportedStory | None) -> None:
    """Store that the file was imported as `page` or, with the `entry` of an earlier import, that the page was
    updated."""
    entry = entry or ImportedStory(locale=page.locale, source=source_key(source.path))
    entry.status = ImportStatus.UPDATED if entry.pk else ImportStatus.IMPORTED
    entry.reason, entry.sha256 = "", source.sha256
    entry.page, entry.revision = page, page.latest_revision
    entry.save()


def record_skip(decision: Decision) -> None:
    """Store status and reason of the decision in its entry, which must exist, unless it has them already."""
    entry = decision.entry
    assert entry is not None
    if (entry.status, entry.reason) != (decision.status, decision.reason):
        entry.status, entry.reason = decision.status, decision.reason
        entry.save(update_fields=["status", "reason"])
