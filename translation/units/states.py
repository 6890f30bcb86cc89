"""The state of each object in each language. It is computed, never stored: from the units of the source, which
follows the live object, their draft texts, and the approved texts and reviews."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translation.models import ApprovedWording, NeedsReview, Review, ReviewStatus, StaleMark
from translation.units.approvals import unreviewed
from translation.units.fingerprints import fingerprint, print_of


class Status(models.TextChoices):
    """The kinds of state. `PARKED` is a stopped translation."""

    MISSING = "missing", _("missing")
    IN_TRANSLATION = "in_translation", _("in translation")
    IN_REVIEW = "in_review", _("in review")
    REVIEWED = "reviewed", _("reviewed")
    LIVE = "live", _("live")
    STALE = "stale", _("out of date")
    PARKED = "parked", _("stopped")
    UNREVIEWED = "unreviewed", _("stopped, live without review")


@dataclass(frozen=True)
class State:
    """How far one object is in one language.

    `words` counts the words of the source, `words_left` those of units without a text, with a stale one or with
    one that was imported and not confirmed; `strings` and `strings_left` count the units in the same way, `stale`
    the stale units. `live` tells whether the object is live in the language. `review` is the id of the waiting
    review. `approved` is the id of the review that readers see, or that would go live, if it was made from the
    source and the approved texts as they are now. `current` tells whether readers see a translation of the source
    as it is now, even if draft texts have been changed since."""

    status: Status
    live: bool = False
    words: int = 0
    words_left: int = 0
    strings: int = 0
    strings_left: int = 0
    stale: int = 0
    review: int | None = None
    approved: int | None = None
    current: bool = False

    @property
    def stands(self) -> bool:
        """Return whether readers see the current content, or a stopped translation that was approved."""
        return self.current or self.status == Status.LIVE or (self.status == Status.PARKED and self.live)

    @property
    def is_reworded(self) -> bool:
        """Return whether readers see the current content while changed texts are in translation or in review."""
        return self.current and self.status in (Status.IN_TRANSLATION, Status.IN_REVIEW)

    @property
    def is_ready(self) -> bool:
        """Return whether nothing is left to translate or to review: live or reviewed."""
        return self.status in (Status.LIVE, Status.REVIEWED)


@dataclass
class _Count:
    words: int = 0
    words_left: int = 0
    strings: int = 0
    strings_left: int = 0
    approved: int = 0
    stale: int = 0
    outdated: int = 0
    approved_texts: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def all_approved(self) -> bool:
        return self.approved == self.strings


WAS_APPROVED = Case(When(was_approved=True, then=Value("approved")), default=Value(""), output_field=TextField())

Key = tuple[UUID, int]
"""Translation key and id of the language."""


def states_of(
    keys: Collection[UUID], locale_ids: Collection[int], targets: dict[Key, bool | None]
) -> dict[Key, State]:
    """Return the states of objects, given by their translation keys, in languages, by key and locale id. The
    source language is left out. `targets` tells for each object and language in which it exists whether it is live
    there. It takes four queries; where stopped translations are live, one more for all pages and one for each kind
    of snippet among them."""
    keys = set(keys)
    translations = _translations(keys, locale_ids)
    counts, sources = _counts(keys, locale_ids)
    prints: dict[int, str] = {}
    dark = unreviewed(row for place, row in translations.items() if not row.enabled and targets.get(place))
    found = {}
    for key in keys:
        for locale_id in locale_ids:
            if locale_id == sources.get(key):
                continue
            place = key, locale_id
            count = counts.get(place) or _Count()
            live = bool(targets.get(place))
            translation = translations.get(place)
            fitting = _fitting(translation, live, count, prints)
            if place in dark:
                fitting = None
            approved, current = fitting if count.all_approved else None, live and fitting is not None
            found[place] = State(
                Status.UNREVIEWED
                if place in dark
                else _status(translation, place in targets, live, count, approved, current),
                live,
                count.words,
                count.words_left,
                count.strings,
                count.strings_left,
                count.stale,
                translation.waiting if translation else None,
                approved,
                current,
            )
    return found


def _translations(keys: set[UUID], locale_ids: Collection[int]) -> dict[Key, Translation]:
    """Return the translations by key and locale id, annotated with the id of the waiting review (`waiting`) and
    the ids and fingerprints of the newest approved review (`newest`) and of the one that went live last
    (`seen`)."""
    reviews = Review.objects.filter(
        object_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    ).order_by("-pk")
    known = Concat(Cast("pk", TextField()), Value(" "), "made_from", output_field=TextField())
    approved = reviews.filter(status=ReviewStatus.APPROVED).annotate(known=known).values("known")
    seen = approved.exclude(went_live_at=None).order_by("-went_live_at", "-pk")
    rows = Translation.objects.filter(source__object_id__in=keys, target_locale_id__in=locale_ids)
    annotated = rows.select_related("source").annotate(
        waiting=Subquery(reviews.filter(status=ReviewStatus.WAITING).values("pk")[:1]),
        newest=Subquery(approved[:1]),
        seen=Subquery(seen[:1]),
    )
    return {(row.source.object_id, row.target_locale_id): row for row in annotated}


def _fitting(translation: Translation | None, live: bool, count: _Count, prints: dict[int, str]) -> int | None:
    """Return the id of the review that readers see, or that would go live. Return None unless it was made from the
    source as it is now, including blocks, order and values, and from the approved text of each unit."""
    if translation is None or len(count.approved_texts) < count.strings:
        return None
    review = translation.seen if live else translation.newest
    if not review:
        return None
    pk, made_from = review.split(" ")
    source = translation.source
    if source.pk not in prints:
        prints[source.pk] = print_of(source)
    return int(pk) if made_from == fingerprint(prints[source.pk], count.approved_texts) else None


def _status(
    translation: Translation | None,
    exists: bool,
    live: bool,
    count: _Count,
    approved: int | None,
    current: bool,
) -> Status:
    if translation and not translation.enabled:
        return Status.PARKED
    if not exists:
        return Status.MISSING
    if translation is None:
        # Created in this language by hand: it follows no source.
        return Status.LIVE if live else Status.IN_TRANSLATION
    if translation.waiting:
        return Status.IN_REVIEW
    if approved:
        return Status.LIVE if live else Status.REVIEWED
    if current:
        return Status.IN_TRANSLATION
    # An approved translation whose source has changed since is stale even if it never went live. An object that
    # was restored from the trash has its approved texts but may have no review.
    outdated = count.outdated or (translation.newest and count.all_approved)
    return Status.STALE if live or outdated else Status.IN_TRANSLATION


def _counts(keys: set[UUID], locale_ids: Collection[int]) -> tuple[dict[Key, _Count], dict[UUID, int]]:
    """Return the counts for each object and target language, and the id of the source language of each object that
    was sent for translation (three queries)."""
    segments = list(
        StringSegment.objects.filter(source__object_id__in=keys)
        .order_by()
        .values_list(
            "source__object_id",
            "source__locale_id",
            "context_id",
            "string_id",
            "context__path_id",
            "string__data_hash",
            "string__data",
        )
    )
    worded = {
        (context, string, locale): text
        for context, string, locale, text in StringTranslation.objects.filter(
            context__object_id__in=keys, locale_id__in=locale_ids, has_error=False
        ).values_list("context_id", "translation_of_id", "locale_id", "data")
    }
    approved, stale, unsure = _wordings(keys, locale_ids)
    counts: dict[Key, _Count] = defaultdict(_Count)
    sources = {}
    for key, source_locale, context, string, path, string_hash, data in segments:
        sources[key] = source_locale
        words = len(data.split())
        for locale in locale_ids:
            text = worded.get((context, string, locale))
            place = key, locale, path, string_hash
            count = counts[key, locale]
            count.strings += 1
            count.words += words
            if place in approved:
                count.approved_texts.append((path, string_hash, approved[place]))
            count.approved += text is not None and approved.get(place) == text and place not in unsure
            count.stale += place in stale
            count.outdated += bool(stale.get(place))
            if text is None or place in stale or place in unsure:
                count.words_left += words
                count.strings_left += 1
    return counts, sources


def _wordings(
    keys: set[UUID], locale_ids: Collection[int]
) -> tuple[dict[tuple[Any, ...], str], dict[tuple[Any, ...], str], set[tuple[Any, ...]]]:
    """Return, by key, language, path hash and string hash, the approved texts, the stale units (with "approved" as
    value where their text had been approved, otherwise an empty string), and the units with a text that was
    imported and not confirmed (one query)."""
    parts = [
        model.objects.filter(object_key__in=keys, locale_id__in=locale_ids)
        .order_by()
        .values_list("object_key", "locale_id", "path_id", "string_hash", text, Value(model._meta.model_name))
        for model, text in ((ApprovedWording, "text"), (StaleMark, WAS_APPROVED), (NeedsReview, "path"))
    ]
    found: dict[str, dict[tuple[Any, ...], str]] = defaultdict(dict)
    for *place, text, name in parts[0].union(*parts[1:], all=True):
        found[name][tuple(place)] = text
    approved, stale, unsure = (
        found[str(model._meta.model_name)] for model in (ApprovedWording, StaleMark, NeedsReview)
    )
    return approved, stale, set(unsure)
