"""Alternative texts on their way to readers: written by one person, approved by another, as strings are. Until
then readers have what they had before."""

from copy import copy
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from core.media.alt_texts import outdated, sources_after
from core.models import SiteImage
from core.publishing.live_files import live_users, quoted_errors, text_errors
from translation.access.queries import locales_for, may_review
from translation.campaign_contents.gathering import image_key
from translation.models import AltTextDraft, LanguageAction, NoticeKind, ReviewStatus
from translation.notices.people import reviewers_of
from translation.notices.tell import tell


def check_text(image: SiteImage, code: str, text: str) -> None:
    """Raises ValidationError where the text could not stand on what is live."""
    changed = copy(image)
    changed.alt_texts = {**image.alt_texts, code: text}
    shown_by = live_users(image)
    errors = [error for known, error in text_errors(changed, shown_by) if known == code]
    original = "" if code == settings.LANGUAGE_CODE else image.alt_texts.get(settings.LANGUAGE_CODE, "")
    errors += [error for _code, error in quoted_errors(image, {code: text}, shown_by, original)]
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def propose(image: SiteImage, locale: Locale, text: str, user: User | None) -> AltTextDraft | None:
    """None where readers have that text already and it says what the original says: then nothing waits any more.
    Saved as it was beside a changed original, it is to be read again."""
    image = SiteImage.objects.select_for_update().get(pk=image.pk)
    code, source = locale.language_code, image.alt_texts.get(settings.LANGUAGE_CODE, "")
    drafts = AltTextDraft.objects.filter(image=image, locale=locale)
    is_outdated = code in outdated(image.alt_texts, image.alt_sources)
    if text == image.alt_texts.get(code, "") and not is_outdated:
        drafts.delete()
        return None
    # Whoever sends another's words again has not written them.
    if same := drafts.filter(status=ReviewStatus.WAITING, text=text, source=source).first():
        return same
    drafts.delete()
    draft = AltTextDraft.objects.create(image=image, locale=locale, text=text, source=source, written_by=user)
    log(image, "wagtail.edit", user=user)
    people = reviewers_of(locale.pk)
    if settings.TRANSLATION_FOUR_EYES and user:
        people = people.exclude(pk=user.pk)
    _tell(draft, people, NoticeKind.SUBMITTED)
    return draft


def may_decide(user: User, draft: AltTextDraft | None) -> bool:
    """Never who has written it, unless the setting TRANSLATION_FOUR_EYES is off."""
    if draft is None or not draft.waits or not may_review(user, draft.locale_id):
        return False
    return not settings.TRANSLATION_FOUR_EYES or draft.written_by_id != user.pk


def decidable_by(user: User) -> models.QuerySet[Any]:
    waiting = AltTextDraft.objects.filter(status=ReviewStatus.WAITING)
    if not user.is_superuser:
        waiting = waiting.filter(locale_id__in=locales_for(user, LanguageAction.REVIEW))
    return waiting.exclude(written_by=user) if settings.TRANSLATION_FOUR_EYES else waiting


@transaction.atomic
def approve(draft_id: int, image_id: int, user: User) -> None:
    """Readers see it from now on. It goes by the original that stood there when it was written. Raises
    PermissionDenied, ValidationError."""
    image, draft = _locked(draft_id, image_id, user)
    code = draft.locale.language_code
    check_text(image, code, draft.text)
    texts = {**image.alt_texts, code: draft.text}
    sources = sources_after(image.alt_texts, image.alt_sources, texts, confirmed={code})
    if code in sources:
        sources[code] = draft.source
    image.alt_texts = {known: text for known, text in texts.items() if text}
    image.alt_sources = {known: text for known, text in sources.items() if text}
    image.save(update_fields=["alt_texts", "alt_sources"])
    log(image, "wagtail.edit", user=user)
    draft.delete()
    _tell(draft, _writer(draft, user), NoticeKind.APPROVED)


@transaction.atomic
def refuse(draft_id: int, image_id: int, user: User, reason: str) -> None:
    """Back to the translator. Raises PermissionDenied, ValidationError."""
    _image, draft = _locked(draft_id, image_id, user)
    if not reason:
        raise ValidationError(_("Say what should be changed: the translator needs a reason."))
    draft.status, draft.reason, draft.decided_by = ReviewStatus.REFUSED, reason, user
    draft.save(update_fields=["status", "reason", "decided_by"])
    _tell(draft, _writer(draft, user), NoticeKind.REFUSED, reason)


def _locked(draft_id: int, image_id: int, user: User) -> tuple[SiteImage, AltTextDraft]:
    image = SiteImage.objects.select_for_update().get(pk=image_id)
    draft = AltTextDraft.objects.select_related("locale", "written_by").filter(pk=draft_id, image=image_id).first()
    if draft is None or not draft.waits:
        raise ValidationError(_("It has changed meanwhile. Read it again."))
    if not may_decide(user, draft):
        raise PermissionDenied
    return image, draft


def _writer(draft: AltTextDraft, decided_by: User) -> list[User]:
    return [draft.written_by] if draft.written_by and draft.written_by != decided_by else []


def _tell(draft: AltTextDraft, people: object, kind: str, detail: str = "") -> None:
    """Once all has ended well."""
    image = draft.image
    key, title = image_key(image.pk), image.title
    deed = partial(tell, people, kind, key, draft.locale_id, title, detail, image.pk)
    transaction.on_commit(deed, robust=True)


def image_saved(instance: SiteImage, **kwargs: Any) -> None:
    """What somebody wrote in the image's form in another language than the site's own."""
    proposed = instance.__dict__.pop("proposed_alt_texts", {})
    if not proposed:
        return
    locales = {locale.language_code: locale for locale in Locale.objects.filter(language_code__in=proposed)}
    for code, text in proposed.items():
        if code in locales:
            propose(instance, locales[code], text, instance.__dict__.get("proposed_by"))


def connect() -> None:
    post_save.connect(image_saved, sender=SiteImage, dispatch_uid="propose_alternative_texts")
