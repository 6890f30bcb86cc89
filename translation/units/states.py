"""The state of each object in each language, from the summary of its units, the live object, and its reviews."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation, TranslationSource

from translation.models import Review, ReviewStatus, Summary
from translation.units.approvals import unreviewed
from translation.units.summaries import Key, summaries_of


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


NOTHING = Summary()


def states_of(
    keys: Collection[UUID], locale_ids: Collection[int], targets: dict[Key, bool | None]
) -> dict[Key, State]:
    """Return the states of objects, given by their translation keys, in languages, by key and locale id. The
    source language is left out. `targets` tells for each object and language in which it exists whether it is live
    there. It takes three queries, and those of `summaries_of`; where stopped translations are live, one more for
    all pages and one for each kind of snippet among them."""
    keys = set(keys)
    translations = _translations(keys, locale_ids)
    summaries = summaries_of(keys)
    sources = dict(TranslationSource.objects.filter(object_id__in=keys).values_list("object_id", "locale_id"))
    sent = {key: summary for (key, _locale), summary in summaries.items()}
    dark = unreviewed(row for place, row in translations.items() if not row.enabled and targets.get(place))
    found = {}
    for key in keys:
        for locale_id in locale_ids:
            if locale_id == sources.get(key):
                continue
            place = key, locale_id
            translation = translations.get(place)
            summary = (translation and summaries.get(place)) or _unsent(sent.get(key))
            found[place] = _state(translation, summary, targets.get(place), place in targets, place in dark)
    return found


def _unsent(other: Summary | None) -> Summary:
    """Return the summary of an object that was not sent into a language, by that of another language."""
    return Summary(missing=other.strings, missing_words=other.words) if other else NOTHING


def _state(
    translation: Translation | None, summary: Summary, is_live: bool | None, exists: bool, is_dark: bool
) -> State:
    live = bool(is_live)
    fitting = None if is_dark else _fitting(translation, live, summary)
    approved = fitting if summary.approved == summary.strings else None
    current = live and fitting is not None
    return State(
        Status.UNREVIEWED if is_dark else _status(translation, exists, live, summary, approved, current),
        live,
        summary.words,
        summary.words_left,
        summary.strings,
        summary.strings_left,
        summary.stale,
        translation.waiting if translation else None,
        approved,
        current,
    )


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
    annotated = (
        rows.select_related("source")
        .defer("source__content_json")
        .annotate(
            waiting=Subquery(reviews.filter(status=ReviewStatus.WAITING).values("pk")[:1]),
            newest=Subquery(approved[:1]),
            seen=Subquery(seen[:1]),
        )
    )
    return {(row.source.object_id, row.target_locale_id): row for row in annotated}


def _fitting(translation: Translation | None, live: bool, summary: Summary) -> int | None:
    """Return the id of the review that readers see, or that would go live. Return None unless it was made from the
    source as it is now, including blocks, order and values, and from the approved text of each unit."""
    review = translation and (translation.seen if live else translation.newest)
    if not review or not summary.approved_print:
        return None
    pk, made_from = review.split(" ")
    return int(pk) if made_from == summary.approved_print else None


def _status(
    translation: Translation | None,
    exists: bool,
    live: bool,
    summary: Summary,
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
    outdated = summary.outdated or (translation.newest and summary.approved == summary.strings)
    return Status.STALE if live or outdated else Status.IN_TRANSLATION
