"""The stores of this app that keep words of an object and are cleared when consent for it is withdrawn.

Draft texts and approved texts are deleted; the texts that readers saw are in the rows of the object itself. If a
withdrawal is undone, the object has to be sent for translation again.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop as _
from wagtail_localize.models import String, StringTranslation, TranslationContext, TranslationSource

from core.consent.masking import MASK, Words, mask_columns
from core.consent.same_words import sentences_of
from core.consent.stores import Store, Subject, register
from core.consent.wagtail_stores import mask_content
from core.models import SiteImage
from translation.memory import indexing
from translation.models import (
    AltTextDraft,
    ApprovedWording,
    DeletedObject,
    Launch,
    MachineText,
    MemoryText,
    NeedsReview,
    Notice,
    PendingImport,
    Review,
    SegmentComment,
    SendJob,
    StaleMark,
    Summary,
    Unit,
    UnitAuthor,
    UnitDecision,
    UnitVersion,
    Waiver,
)

OF_SEGMENTS = (
    Unit,
    UnitVersion,
    UnitAuthor,
    SegmentComment,
    Waiver,
    MachineText,
    MemoryText,
    ApprovedWording,
    StaleMark,
    NeedsReview,
)
KEPT_WORDS: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Unit, ("source", "approved_text", "old_source", "old_text")),
    (UnitVersion, ("source", "text")),
    (MachineText, ("text",)),
    (ApprovedWording, ("source", "text")),
    (StaleMark, ("old_source", "old_text")),
)


def contexts_of(subject: Subject) -> models.QuerySet[Any]:
    """Return wagtail-localize's records of the places of an object's strings (`TranslationContext`)."""
    return subject.of_object(TranslationContext.objects.all(), "object_id")


def words_of_translations(subject: Subject) -> Iterator[str]:
    """Yield the source strings, draft texts, approved, earlier and stale texts of the fields that hold words of
    the person."""
    fields = subject.model.word_fields
    contexts = contexts_of(subject).filter(path__in=fields)
    for data, source in StringTranslation.objects.filter(context__in=contexts).values_list(
        "data", "translation_of__data"
    ):
        yield from (data, source)
    yield from String.objects.filter(segments__context__in=contexts).values_list("data", flat=True)
    for model, names in KEPT_WORDS:
        for row in subject.of_object(model._base_manager.filter(path__in=fields)).values_list(*names):
            yield from row


def words_of_trash(subject: Subject) -> Iterator[str]:
    """Yield the words of the person in the object's rows in the trash: the fields that hold such words, in all
    kept versions."""
    for deleted in subject.of_object(DeletedObject.objects.all()):
        for content in _contents(deleted):
            yield from (str(content.get(name) or "") for name in subject.model.word_fields)


def ids_in_trash(subject: Subject) -> list[str]:
    """Return the primary keys, as strings, that the object had when it was deleted, for each of its rows in the
    trash."""
    return [str(deleted.content["object"]["pk"]) for deleted in subject.of_object(DeletedObject.objects.all())]


def forget_translations(subject: Subject) -> int:
    """Delete all that translators have of an object: its translation source and translations, their draft,
    approved and earlier texts, reviews, comments, and the strings that no other object uses. Return the number of
    deleted rows, strings not counted. wagtail-localize's `TranslatableObject` remains: it holds no words, and it
    tells that the object was sent once, by which the demo knows that it was loaded."""
    contexts = contexts_of(subject)
    remembered = {
        string_hash
        for model in (Unit, MemoryText)
        for string_hash in subject.of_object(model.objects.all()).values_list("string_hash", flat=True)
    }
    strings = String.objects.filter(
        models.Q(segments__context__in=contexts) | models.Q(translations__context__in=contexts)
    )
    strings = set(strings.values_list("pk", flat=True))
    removed = 0
    for rows in (
        *(subject.of_object(model.objects.all()) for model in (*OF_SEGMENTS, Summary, Review)),
        StringTranslation.objects.filter(context__in=contexts),
        subject.of_object(TranslationSource.objects.all(), "object_id"),
        contexts,
    ):
        removed += rows.count()
        rows.delete()
    # Objects with equal strings share one row.
    unused = String.objects.filter(pk__in=strings, segments=None, translations=None)
    unused.delete()
    indexing.index(remembered)
    return removed


def forget_alt_texts(subject: Subject) -> int:
    """Delete the drafts of alternative texts of an image, in review or sent back, and return how many; 0 for other
    objects."""
    if not issubclass(subject.model, SiteImage):
        return 0
    count, _by_model = AltTextDraft.objects.filter(image__pk__in=subject.ids).delete()
    return count


def mask_notices(subject: Subject) -> int:
    """Mask the notices about an object and those that quote its words, and return how many were changed."""
    own = subject.of_object(Notice.objects.all())
    if issubclass(subject.model, SiteImage):
        own = Notice.objects.filter(image__pk__in=subject.ids)
    return own.update(title=MASK, detail="") + mask_columns(
        Notice.objects.all(), ("title", "detail"), subject.words
    )


def mask_trash(subject: Subject) -> int:
    """Mask the words in the object's rows in the trash, which can still be restored, remove the kept reviews, and
    return how many rows there are."""
    own = list(subject.of_object(DeletedObject.objects.all()))
    for deleted in own:
        for content in _contents(deleted):
            mask_content(subject, content)
        deleted.content["reviews"] = []
        deleted.title = MASK
        deleted.save(update_fields=["content", "title"])
    return len(own)


def mask_other_trash(subject: Subject) -> int:
    """Mask the words in all objects in the trash that contain them, and return how many were changed."""
    changed = 0
    for deleted in subject.words.rows(DeletedObject.objects.all(), "title", "content"):
        content, title = subject.words.masked(deleted.content), subject.words.masked_wholly(deleted.title)
        if (content, title) != (deleted.content, deleted.title):
            DeletedObject.objects.filter(pk=deleted.pk).update(content=content, title=title)
            changed += 1
    return changed


def mask_translation_records(subject: Subject) -> int:
    """Mask the words in jobs, launches, pending imports, comments and reviews, and return how many rows were
    changed."""
    return sum(
        mask_columns(model._base_manager.all(), fields, subject.words)
        for model, fields in (
            (SendJob, ("title", "problems")),
            (Launch, ("title", "published", "accepted", "reason")),
            (PendingImport, ("files",)),
            (SegmentComment, ("text",)),
            (Waiver, ("reason",)),
            (Review, ("reason",)),
            (UnitDecision, ("reason",)),
        )
    )


NEVER_KEPT = (MemoryText, UnitVersion)
"""What nobody can edit: texts of the memory, and of histories."""


def mask_memory(subject: Subject) -> int:
    """Delete texts of the memory and of histories with the words or a sentence of them, and strings, approved
    texts and stale marks whose source string is in no translation source any more. Return how many."""
    changed = 0
    texts = subject.words.texts
    words = Words([*texts, *(sentence for text in texts for sentence in sentences_of(text))])
    for model, fields in (*KEPT_WORDS, (MemoryText, ("source", "text")), (String, ("data",))):
        for row in list(words.rows(model._base_manager.all(), *fields)):
            found = any(words.found_in(getattr(row, name)) for name in fields)
            if found and (isinstance(row, NEVER_KEPT) or not _is_used(row)):
                row.delete()
                changed += 1
                indexing.index([row.data_hash if isinstance(row, String) else row.string_hash])
    return changed


def _is_used(
    row: String | Unit | UnitVersion | MachineText | MemoryText | ApprovedWording | StaleMark,
) -> bool:
    """Return whether the source string of a row is a string of some translation source."""
    if isinstance(row, String):
        return row.segments.exists()
    return String.objects.filter(data_hash=row.string_hash).exclude(segments=None).exists()


def _contents(deleted: DeletedObject) -> list[dict[str, Any]]:
    """Return the serialized objects in a row of the trash: the object, its later draft and its reviewed
    versions."""
    content = deleted.content
    found = [
        content["object"],
        content.get("draft"),
        *(each.get("content") for each in content.get("reviews", [])),
    ]
    return [each for each in found if each]


def connect() -> None:
    """Register the stores; called in `AppConfig.ready()`."""
    register(Store(_("Translations"), forget_translations, words_of_translations))
    register(Store(_("Alternative texts in review"), forget_alt_texts))
    register(Store(_("Notices"), mask_notices, again=True))
    register(Store(_("Deleted objects"), mask_trash, words_of_trash, ids_in_trash))
    register(Store(_("Other deleted objects"), mask_other_trash, again=True))
    register(Store(_("Records of translation work"), mask_translation_records, again=True))
    register(Store(_("Translation memory"), mask_memory, again=True))
