"""Withdrawing consent, undoing a withdrawal made by mistake, and deleting the withdrawn words for good."""

import datetime
from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry
from wagtail.search import index

from core.consent.masking import Words
from core.consent.models import Withdrawal, WithheldContent
from core.consent.named import images_named, rows_named
from core.consent.names import pages_with_name
from core.consent.same_words import Standing, standing, take_offline, unpublish
from core.consent.stores import Subject, companions, shown_at, stores
from core.consent.withdrawable import Withdrawable
from core.journal import recording
from core.journal.file import Entry
from core.rights import may_publish
from core.stamps.stamping import stamp
from core.stamps.tags import EVERYTHING
from core.typed import Translatable

UNPUBLISHED = gettext_noop("Pages and snippets unpublished until the words are taken out")
WITHDRAWN, UNDONE = "core.withdraw_consent", "core.undo_withdrawal"
KIND = "consent"
"""The kind of the entries in the journal."""
EACH = datetime.timedelta(days=1)
"""Time between two searches for remaining copies of withdrawn words."""


def may_withdraw(user: User, instance: Withdrawable) -> bool:
    """Return whether the user may withdraw the consent for an object, which requires the permission to change it.
    Publishing rights are not needed to protect a person."""
    return policy_registry.get(instance).user_has_permission_for_instance(user, "change", instance)


def may_undo(user: User, instance: Withdrawable) -> bool:
    """Return whether the user may undo a withdrawal: whether they may publish the object or, for one without
    drafts such as an image, may change it and publish pages."""
    if isinstance(instance, DraftStateMixin):
        return may_publish(user, instance)
    publishes = policy_registry.get_by_type(Page).user_has_permission(user, "publish")
    return publishes and may_withdraw(user, instance)


@transaction.atomic
def withdraw(
    instance: Withdrawable,
    user: User | None,
    reason: str,
    asked_by: str = "",
    unpublish_named: bool = False,
) -> Withdrawal:
    """Withdraw the consent for an object in all its languages and remove its words from all stores, in one
    transaction. Return the record, or the earlier one if the consent was withdrawn before.

    Its companions (a person's quotes and photo, quotes of the same words) are withdrawn too, each with a record.
    Pages and snippets with its words in quotation marks are unpublished. With `unpublish_named`, those with a
    person's name in title or slug, or that show a document with the name in its title, are unpublished too, and
    images titled with the name are withdrawn. Raise ValidationError if `reason` is empty, or if `reason` or
    `asked_by` repeat the words.
    """
    subject = Subject.of(instance)
    if known := Withdrawal.objects.in_force().of(instance).first():
        return known
    subjects = [*(Subject.of(each) for each in companions(subject)), subject]
    for each in subjects:
        _check(reason, asked_by, each.words)
    # Found before the words are masked.
    places = standing(subjects)
    named = pages_with_name(subject) if unpublish_named else []
    record = [_withdraw_one(each, user, reason, asked_by) for each in subjects][-1]
    images = [Subject.of(image) for image in images_named(named)]
    for each in images:
        _withdraw_one(each, user, reason, asked_by)
    _unpublish_places(record, places, rows_named(named), user)
    # Written last: if anything fails before, nothing is withdrawn and nothing may be in the journal.
    withdrawn = [*subjects, *images]
    recording.record(_entry(each.model, each.key, user=user.pk if user else None) for each in withdrawn)
    # Words are masked by queries, in rows of many kinds.
    stamp([EVERYTHING], removal=True)
    return record


def _entry(model: type[Withdrawable], key: str, **data: object) -> Entry:
    """Return a journal entry for an object in all languages."""
    return recording.new_entry(KIND, model, key, "", data)


def _withdraw_one(subject: Subject, user: User | None, reason: str, asked_by: str) -> Withdrawal:
    """Withdraw the consent for one subject without its companions: record it, keep the words for undoing it, mask
    and erase them. Return the record, or the one in force if there is one."""
    instance = subject.rows[0] if subject.rows else subject.empty()
    if known := Withdrawal.objects.in_force().of(instance).first():
        return known
    record = Withdrawal.objects.create(
        content_type=subject.content_type,
        object_key=subject.key,
        object_id=str(subject.rows[0].pk) if subject.rows else "",
        withdrawn_by=user,
        reason=reason.strip(),
        asked_by=asked_by.strip(),
        addresses=[place.url for place in shown_at(subject) if place.url],
    )
    WithheldContent.objects.create(withdrawal=record, rows=_content(subject), words=subject.words.texts)
    record.removed = _erase(subject, user)
    record.save(update_fields=["removed"])
    return record


def _unpublish_places(
    record: Withdrawal, places: list[Standing], named: list[Translatable], user: User | None
) -> None:
    """Unpublish the places and the named objects, except for home pages, and add their number and URLs to the
    record."""
    gone = {place.row for place in places if place.is_unpublished} | set(named)
    urls = [row.full_url for row in gone if isinstance(row, Page) and row.full_url]
    take_offline(places, user)
    for row in named:
        # Read again, as `take_offline` may have unpublished the same object.
        fresh = type(row)._base_manager.get(pk=row.pk)
        if fresh.live and not (isinstance(fresh, Page) and fresh.is_site_root()):
            unpublish(fresh, user)
    if gone:
        record.removed |= {UNPUBLISHED: len(gone)}
        record.addresses = list(dict.fromkeys([*record.addresses, *urls]))
        record.save(update_fields=["removed", "addresses"])


def rehearse(instance: Withdrawable) -> dict[str, int]:
    """Return what withdrawing an object and its companions would remove, counted by store. Changes nothing: the
    transaction is rolled back."""
    removed: Counter[str] = Counter()
    with recording.paused(), transaction.atomic():
        last = Withdrawal.objects.aggregate(last=Max("pk"))["last"] or 0
        withdraw(instance, None, "-")
        for record in Withdrawal.objects.filter(pk__gt=last).order_by("pk"):
            removed.update(record.removed)
        transaction.set_rollback(True)
    return dict(removed)


@transaction.atomic
def undo(record: Withdrawal, user: User, reason: str) -> None:
    """Undo a withdrawal that was a mistake and restore the words in all languages.

    Translations are restored as readers saw them; drafts, reviews and the translation memory are not. Raise
    ValidationError if the withdrawal is undone already, the words are deleted for good, or `reason` is empty.
    """
    record = Withdrawal.objects.select_for_update().get(pk=record.pk)
    withheld = WithheldContent.objects.filter(withdrawal=record).first()
    if not record.in_force or withheld is None:
        raise ValidationError(
            _("Cannot be undone: the words have been deleted, or the withdrawal was already undone.")
        )
    if not reason.strip():
        raise ValidationError(_("Say why it was a mistake."))
    record.undone_at, record.undone_by, record.undo_reason = timezone.now(), user, reason.strip()
    record.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    model = record.subject_model
    rows = list(model._base_manager.filter(pk__in=[*withheld.rows]))
    model._base_manager.filter(pk__in=[row.pk for row in rows]).update(consent_withdrawn=None)
    for row in rows:
        row.consent_withdrawn = None
        for name, value in withheld.rows[str(row.pk)].items():
            setattr(row, name, value)
        _save(row)
        _restore_revisions(row)
        log(instance=row, action=UNDONE, user=user)
    withheld.delete()
    stamp([EVERYTHING])
    recording.record_after_commit(_entry(model, record.object_key, undone=True))


def forget_withheld() -> int:
    """Delete for good the words that were withdrawn more than WITHDRAWN_TEXT_DAYS ago, and return how many rows
    were deleted. For later withdrawals, erase once a day the copies that have come into the stores with `again`
    since."""
    before = timezone.now() - datetime.timedelta(days=settings.WITHDRAWN_TEXT_DAYS)
    gone, _by_model = WithheldContent.objects.filter(withdrawal__withdrawn_at__lt=before).delete()
    waiting = WithheldContent.objects.filter(searched_at__lt=timezone.now() - EACH)
    for withheld in waiting.select_related("withdrawal__content_type"):
        record = withheld.withdrawal
        subject = Subject(record.subject_model, record.object_key, [], words=Words(withheld.words))
        for store in stores():
            if store.again:
                store.erase(subject)
        withheld.searched_at = timezone.now()
        withheld.save(update_fields=["searched_at"])
    return gone


def _check(reason: str, asked_by: str, words: Words) -> None:
    """Raise ValidationError if there is no reason, or if a text repeats the words."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the consent is withdrawn.")})
    for name, text in (("reason", reason), ("asked_by", asked_by)):
        if words.masked_wholly(text) != text:
            raise ValidationError({name: _("Do not repeat the words here: this record is kept.")})


def _content(subject: Subject) -> dict[str, dict[str, Any]]:
    """Return the values of the masked fields that undoing restores, by primary key: of live objects and of images
    what readers saw, of others the newest draft."""
    found = {}
    for row in subject.rows:
        draft = row.latest_revision if isinstance(row, DraftStateMixin) and not row.live else None
        kept = draft.content if draft else {}
        names = subject.model.masked_fields
        found[str(row.pk)] = {name: kept.get(name, getattr(row, name)) for name in names}
    return found


def _erase(subject: Subject, user: User | None) -> dict[str, int]:
    """Mask the subject in all languages, erase its words from all stores, unpublish what is
    `taken_offline_when_withdrawn`, and log the withdrawal. Return the counts by store, without zeros."""
    day = timezone.localdate()
    for row in subject.rows:
        row.consent_withdrawn = min(row.consent_withdrawn or day, day)
        row.mask()
    earliest = min((row.consent_withdrawn for row in subject.rows if row.consent_withdrawn), default=day)
    stored = subject.model._base_manager.filter(pk__in=[row.pk for row in subject.rows])
    stored.update(consent_withdrawn=earliest)
    for row in subject.rows:
        _save(row)
    removed: Counter[str] = Counter()
    for store in stores():
        removed[store.label] += store.erase(subject)
    for row in subject.rows:
        if row.taken_offline_when_withdrawn and isinstance(row, DraftStateMixin) and row.live:
            # Without the user, so that the permission to unpublish is not checked.
            row.unpublish()
        log(instance=row, action=WITHDRAWN, user=user)
    return {label: count for label, count in removed.items() if count}


def _save(row: Withdrawable) -> None:
    """Save the masked fields alone, which runs no publishing checks, and update the search index. At least one
    field is saved, so that signals are sent, which update lists."""
    row.save(update_fields=[*row.masked_fields] or ["consent_withdrawn"])
    if isinstance(row, index.Indexed):
        index.insert_or_update_object(row)


def _restore_revisions(row: Withdrawable) -> None:
    """Write the row's masked fields into its newest and its live revision, which editors open."""
    values = {name: getattr(row, name) for name in row.masked_fields}
    names = ("latest_revision", "live_revision")
    for revision in {revision for name in names if (revision := getattr(row, name, None))}:
        revision.content |= values
        revision.object_str = str(row)
        revision.save(update_fields=["content", "object_str"])
