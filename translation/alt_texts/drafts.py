"""Drafts of alternative texts: written by one person and approved by another, as translated strings are. Until the
approval readers get the former text."""

from collections.abc import Collection, Mapping
from copy import copy
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from core.languages.site_languages import LocaleCodes, language
from core.media.alt_texts import outdated, register_remarks, sources_after
from core.media.live_files import live_users, quoted_errors, text_errors
from core.models import SiteImage
from translation.access.queries import locales_for, may_review
from translation.campaign_contents.seen_by_readers import image_key
from translation.checks.alt_texts import checked_alt_texts, place_in
from translation.models import AltTextDraft, LanguageAction, NoticeKind, ReviewStatus, UnitAuthor, text_key
from translation.notices.events import SourceChanged, once_on_commit, tell_of_alt_text
from translation.notices.people import reviewers_of
from translation.notices.writing import tell
from translation.units.authors import note


class SourceReplaced(ValidationError):
    """The source of an alternative text is another one than its translator has seen."""


def check_source(image: SiteImage, seen: str | None) -> None:
    """Raise SourceReplaced if the source text is not the one that the translator has seen. `seen` names that as
    `place_in` does; None is not compared."""
    if seen is not None and seen != str(place_in(image)[1]):
        raise SourceReplaced(_("The source text has changed. Check your text, and save it again."))


def check_text(image: SiteImage, code: str, text: str) -> None:
    """Raise ValidationError if the publishing checks of the live objects that show the image refuse `text` as its
    alternative text in the language `code`."""
    changed = copy(image)
    changed.alt_texts = {**image.alt_texts, code: text}
    shown_by = live_users(image)
    errors = [error for known, error in text_errors(changed, shown_by) if known == code]
    original = "" if code == settings.LANGUAGE_CODE else image.original_alt
    errors += [error for _code, error in quoted_errors(image, {code: text}, shown_by, original)]
    if errors:
        raise ValidationError(errors)


def check_findings(image: SiteImage, locale_id: int, text: str) -> None:
    """Raise ValidationError if the text has blocking findings that nobody has waived."""
    found = checked_alt_texts([(image, text)], locale_id).get(image.pk, [])
    if errors := [each.finding.message for each in found if each.stops]:
        raise ValidationError(errors)


@transaction.atomic
def propose(
    image: SiteImage, locale: Locale, text: str, user: User | None, submits: bool = True, seen: str | None = None
) -> AltTextDraft | None:
    """Store the text as a draft for review, log this, notify the reviewers of the language, and return the draft.
    Return None, and delete the draft, if it is the public text and that is not stale. A stale text that is sent
    unchanged becomes a draft. Return the draft if it is the same and waits. Without `submits` nobody is asked to
    review it until it is submitted with what shows the image, and what its writer goes on with is logged once.
    Raise SourceReplaced as `check_source` does."""
    image = SiteImage.objects.select_for_update().get(pk=image.pk)
    check_source(image, seen)
    code, source = locale.language_code, image.original_alt
    drafts = AltTextDraft.objects.filter(image=image, locale=locale)
    known = drafts.first()
    if known and known.text != text and not _is_unfinished(known, user):
        _note_author(known)
    is_outdated = code in outdated(image.alt_texts, image.alt_sources)
    if text == image.alt_texts.get(code, "") and not is_outdated:
        drafts.delete()
        return None
    status = ReviewStatus.WAITING if submits else ReviewStatus.WITHDRAWN
    # Sending the same text again does not change who has written the draft.
    if known and known.text == text and known.source == source and known.status in (status, ReviewStatus.WAITING):
        return known
    writers = {known.written_by_id, *known.writers.values_list("pk", flat=True)} if known else set()
    before = UnitAuthor.objects.filter(object_key=image_key(image.pk), locale=locale, text_hash=text_key(text))
    writers |= set(before.values_list("user", flat=True))
    is_same = known is not None and known.text == text
    drafts.delete()
    author = known.written_by if known and is_same and known.written_by else user
    draft = AltTextDraft.objects.create(
        image=image, locale=locale, text=text, source=source, status=status, written_by=author
    )
    draft.writers.set(writers - {None} | ({user.pk} if user else set()))
    if submits or not _is_unfinished(known, user):
        log(image, "wagtail.edit", user=user)
    if submits:
        _ask_for_review(draft)
    return draft


def _note_author(draft: AltTextDraft) -> None:
    """Record who has written the text of a draft that goes, in case that the text comes back."""
    path_id, string_hash = place_in(draft.image)
    unit = {"object_key": image_key(draft.image_id), "locale_id": draft.locale_id, "path": "alt_text"}
    note({**unit, "path_id": path_id, "string_hash": string_hash}, [(draft.text, draft.written_by_id)])


def _is_unfinished(draft: AltTextDraft | None, user: User | None) -> bool:
    """Return whether the user is writing the draft: it is saved at each pause, and is not submitted."""
    if draft is None or user is None:
        return False
    return draft.status == ReviewStatus.WITHDRAWN and draft.written_by_id == user.pk


def reviewers_for(draft: AltTextDraft) -> models.QuerySet[User]:
    """Return the reviewers of the draft's language who may decide it."""
    people = reviewers_of(draft.locale_id)
    return people.exclude(pk__in=draft.writers.values("pk")) if settings.TRANSLATION_FOUR_EYES else people


def may_decide(user: User, draft: AltTextDraft | None) -> bool:
    """Return whether the user may approve or send back the draft, which must wait: a reviewer of its language, who
    must not have written or changed it unless the setting TRANSLATION_FOUR_EYES is off. False for None."""
    if draft is None or not draft.waits or not may_review(user, draft.locale_id):
        return False
    if not settings.TRANSLATION_FOUR_EYES:
        return True
    return draft.written_by_id != user.pk and not draft.writers.filter(pk=user.pk).exists()


def decidable_by(user: User) -> models.QuerySet[AltTextDraft]:
    """Return the waiting drafts that the user may approve or send back, as `may_decide` says."""
    waiting = AltTextDraft.objects.filter(status=ReviewStatus.WAITING)
    if not user.is_superuser:
        waiting = waiting.filter(locale_id__in=locales_for(user, LanguageAction.REVIEW))
    return waiting.exclude(written_by=user).exclude(writers=user) if settings.TRANSLATION_FOUR_EYES else waiting


@transaction.atomic
def approve(draft_id: int, image_id: int, user: User) -> None:
    """Make the draft the public text, recorded as a translation of the source text it was written for; delete the
    draft and notify its author. Raise PermissionDenied if the user may not, ValidationError if the draft is not
    `draft_id` or waits no longer, or if `check_text` refuses the text."""
    image, draft = _locked(draft_id, image_id, user)
    code = draft.locale.language_code
    check_text(image, code, draft.text)
    check_findings(image, draft.locale_id, draft.text)
    texts = {**image.alt_texts, code: draft.text}
    sources = sources_after(image.alt_texts, image.alt_sources, texts, confirmed={code})
    if code in sources:
        sources[code] = draft.source
    image.alt_texts = {known: text for known, text in texts.items() if text}
    image.alt_sources = {known: text for known, text in sources.items() if text}
    image.save(update_fields=["alt_texts", "alt_sources"])
    log(image, "wagtail.edit", user=user)
    tell_of_alt_text(draft, _writer(draft, user), NoticeKind.APPROVED)
    _note_author(draft)
    draft.delete()


@transaction.atomic
def refuse(draft_id: int, image_id: int, user: User, reason: str) -> None:
    """Send the draft back to its author with a reason, and notify the author. Raise PermissionDenied if the user
    may not, ValidationError if the draft has been replaced or decided, or if there is no reason."""
    _image, draft = _locked(draft_id, image_id, user)
    if not reason:
        raise ValidationError(_("Enter what should be changed."))
    draft.status, draft.reason, draft.decided_by = ReviewStatus.REFUSED, reason, user
    draft.save(update_fields=["status", "reason", "decided_by"])
    tell_of_alt_text(draft, _writer(draft, user), NoticeKind.REFUSED, reason)


def _locked(draft_id: int, image_id: int, user: User) -> tuple[SiteImage, AltTextDraft]:
    """Lock the image until the transaction ends, and return it with the waiting draft. Raise ValidationError if
    the draft was replaced or waits no longer, and PermissionDenied if the user may not decide it."""
    image = SiteImage.objects.select_for_update().get(pk=image_id)
    draft = AltTextDraft.objects.select_related("locale", "written_by").filter(pk=draft_id, image=image_id).first()
    if draft is None or not draft.waits:
        raise ValidationError(_("The text has changed in the meantime. Check it again."))
    if not may_decide(user, draft):
        raise PermissionDenied
    return image, draft


def _writer(draft: AltTextDraft, decided_by: User) -> list[User]:
    """Return whom to notify: the author, unless it is the user who decides."""
    return [draft.written_by] if draft.written_by and draft.written_by != decided_by else []


def _ask_for_review(draft: AltTextDraft) -> None:
    """Notify the reviewers who may decide the draft after the transaction has been committed."""
    image = draft.image
    key, title = image_key(image.pk), image.title
    people = list(reviewers_for(draft))
    deed = partial(tell, people, NoticeKind.SUBMITTED, key, draft.locale_id, title, "", image.pk)
    transaction.on_commit(deed, robust=True)


def source_replaced(
    instance: SiteImage, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Receiver of `pre_save`: notify after the commit, in each language that has an alternative text of the image
    or a draft of one, that its source text has changed."""
    if update_fields is not None and "alt_texts" not in update_fields:
        return
    known = SiteImage.objects.filter(pk=instance.pk).only("alt_texts").first()
    if raw or known is None or instance.original_alt in ("", known.original_alt):
        return
    ids = LocaleCodes.ids()
    locales = {ids[code] for code in known.alt_texts.keys() & ids.keys() - {settings.LANGUAGE_CODE}}
    locales |= set(AltTextDraft.objects.filter(image=instance).values_list("locale", flat=True))
    for locale_id in sorted(locales):
        once_on_commit(SourceChanged(image_key(instance.pk), locale_id, instance))


def image_saved(instance: SiteImage, **kwargs: Any) -> None:
    """Receiver of `post_save`: store as drafts for review (see `propose`) the alternative texts that were entered
    in the image's form in other languages of the site than its own. The form hands them over in the image's
    attribute `proposed_alt_texts`, by language code."""
    proposed = instance.__dict__.pop("proposed_alt_texts", {})
    if not proposed:
        return
    locales = {locale.language_code: locale for locale in Locale.objects.filter(language_code__in=proposed)}
    for code, text in proposed.items():
        if code in locales:
            propose(instance, locales[code], text, instance.__dict__.get("proposed_by"))


def remarks_on(image: SiteImage, texts: Mapping[str, str]) -> list[str]:
    """Return what the checks find in these texts, by language code, that nobody has waived."""
    ids = LocaleCodes.ids()
    found = []
    for code in texts.keys() & ids.keys():
        checked = checked_alt_texts([(image, texts[code])], ids[code]).get(image.pk, [])
        found += [f"{language(code).name}: {each.finding.message}" for each in checked if not each.waiver]
    return sorted(found)


def connect() -> None:
    register_remarks(remarks_on)
    pre_save.connect(source_replaced, sender=SiteImage, dispatch_uid="tell_of_changed_alternative_text")
    post_save.connect(image_saved, sender=SiteImage, dispatch_uid="propose_alternative_texts")
