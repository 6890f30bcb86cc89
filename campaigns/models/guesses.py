"""What the import once set on a quote and no editor has decided since.

The import used to take people for officials by their roles' first letters, and for people known before by their
names. It now leaves both to the editor, and what it set then is told from the revisions: the first one is the
import's (nobody saved it, and its source story stands in the ledger of imports), and a later one that brings
another value is somebody's decision.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, Revision

from campaigns.models.imports import ImportedQuote, ImportedStory

GUESSED_FIELDS = ("who_speaks", "speaker")


def guessed(quote: models.Model) -> list[str]:
    """Return which of the fields "who_speaks" and "speaker" have the value that the import set."""
    original = _original(quote)
    history = Revision.objects.for_instance(original).order_by("pk") if original else Revision.objects.none()
    first = history.first()
    if first is None or not _is_of_import(first) or _is_decided(original):
        return []
    revisions = list(history)
    found = [
        name
        for name in GUESSED_FIELDS
        if (value := quote.serializable_value(name)) and _was_never_changed_to(value, name, revisions)
    ]
    if "speaker" in found and not _was_known_before(quote.speaker, first):
        found.remove("speaker")
    return found


def set_by_nobody(quote: models.Model) -> bool:
    """Whether an imported quote says who speaks, and no revision by a person has brought that.

    Wider than `guessed`: also what code has written into the row or into a revision of nobody's.
    """
    original = _original(quote)
    if not quote.who_speaks or _is_decided(original):
        return False
    revisions = list(Revision.objects.for_instance(original).order_by("pk"))
    if not (_stands_in_ledger(original.source_id) or (revisions and _is_of_import(revisions[0]))):
        return False
    before = None
    for revision in revisions:
        value = revision.content.get("who_speaks")
        if value == quote.who_speaks != before and _is_by_person(revision):
            return False
        before = value
    return True


def _original(quote: models.Model) -> models.Model | None:
    """The row that its translations follow."""
    return type(quote)._base_manager.filter(translation_key=quote.translation_key).order_by("pk").first()


def _is_decided(original: models.Model) -> bool:
    return ImportedQuote.objects.filter(quote=original, decided_at__isnull=False).exists()


def decide(quote: models.Model, user: AbstractBaseUser | None) -> None:
    """Note of an imported quote that an editor has said who speaks, and forget the name that the text proposed."""
    original = _original(quote)
    decision = {"name": "", "decided_by": user, "decided_at": timezone.now()}
    waiting = ImportedQuote.objects.filter(quote=original, decided_at=None)
    if not waiting.update(**decision) and guessed(original):
        ImportedQuote.objects.create(quote=original, **decision)


def _is_of_import(first: Revision) -> bool:
    return not _is_by_person(first) and _stands_in_ledger(first.content.get("source"))


def _stands_in_ledger(story: int | None) -> bool:
    """Also a story that was deleted since, as far as can be told."""
    if story is None:
        return False
    if ImportedStory.objects.filter(page_id=story).exists():
        return True
    return not Page.objects.filter(pk=story).exists() and ImportedStory.objects.filter(page=None).exists()


def _is_by_person(revision: Revision) -> bool:
    """The log remembers people whose accounts were deleted."""
    if revision.user_id is not None:
        return True
    return ModelLogEntry.objects.filter(revision_id=revision.pk, user_id__isnull=False).exists()


def _was_never_changed_to(value: object, name: str, revisions: list[Revision]) -> bool:
    """An editor who saves the form without a choice empties the field; only the form notes what is chosen then."""
    values = [revision.content.get(name) for revision in revisions]
    later = zip(values[1:], values[:-1], strict=True)
    return values[0] == value and not any(new == value != old for new, old in later if old)


def _was_known_before(person: models.Model | None, of_quote: Revision) -> bool:
    """Whether there was an import's end, a revision of a page, between the person and the quote."""
    if person is None:
        return False
    first = Revision.objects.for_instance(person).order_by("pk").first()
    return first is None or Revision.page_revisions.filter(pk__gt=first.pk, pk__lt=of_quote.pk).exists()
