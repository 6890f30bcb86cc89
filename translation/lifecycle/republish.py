"""Publishing of restored objects that were live when they were deleted, unless their source has changed since or
the publishing gate refuses."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from core.models import TranslatableSnippet
from core.publishing.gate import confirmed, shown
from core.publishing.newer import as_it_was_live
from core.rights import may_publish
from core.typed import Translatable
from translation.lifecycle.reviewed import source_print
from translation.models import DeletedObject, Review


@dataclass
class Restored:
    """A restored object. `live` is the revision that was live when it was deleted, or None; `against` says why
    that revision was not published again."""

    deleted: DeletedObject
    instance: Translatable
    live: Revision | None = None
    against: str = ""


def seen_revision(instance: Translatable, reviews: list[Review], user: User) -> Revision:
    """Return a revision with the content that was live: that of the review that went live last, if its content is
    the same as the object's, or else a new one, which is saved without validation."""
    seen = max((review for review in reviews if review.went_live_at), key=_went_live_at, default=None)
    if seen and shown(seen.revision.as_object().serializable_data()) == shown(instance.serializable_data()):
        return seen.revision
    return instance.save_revision(user=user, clean=False)


def _went_live_at(review: Review) -> datetime:
    assert review.went_live_at is not None  # `seen_revision` filters these out.
    return review.went_live_at


def go_live(restored: Restored, user: User) -> None:
    """Publish the restored object if it was live, or say in `restored.against` why not: its source has changed, it
    has expired, its parent is not live, the user may not publish it, or the publishing gate refuses. Call this for
    parents and sources first, after all restored objects exist again."""
    if restored.live is None:
        return
    instance = type(restored.instance)._base_manager.get(pk=restored.instance.pk)
    against = _against(instance, restored.deleted, user)
    restored.against = against or _publish(instance, restored.deleted, restored.live, user)
    restored.instance.refresh_from_db()


def _against(instance: Translatable, deleted: DeletedObject, user: User) -> str:
    """Return why the object must not go live again, or an empty string: its source has changed since the deletion,
    it has expired, its parent is not live, or the user may not publish it."""
    before, now = deleted.content.get("source"), source_print(instance)
    if before and now and before != now:
        return _("the source has changed. Update the translation and submit it for review.")
    if instance.expire_at and instance.expire_at <= timezone.now():
        return _("its expiry date has passed.")
    if isinstance(instance, Page) and not instance.get_parent().live:
        return _("its parent page is not live. Publish the parent page first.")
    if not may_publish(user, instance):
        return _("you do not have permission to publish it.")
    return ""


def _publish(instance: Page | TranslatableSnippet, deleted: DeletedObject, live: Revision, user: User) -> str:
    """Publish the revision `live` with the first publication date of `deleted`; people and words need no new
    confirmation. Return the publishing gate's findings, or an empty string if it went live."""
    field = instance._meta.get_field("first_published_at")
    assert isinstance(field, models.DateTimeField)
    try:
        with transaction.atomic():
            instance.first_published_at = field.to_python(deleted.content["object"]["first_published_at"])
            # The content stays the same, so there is nothing to validate yet.
            unchecked = {"clean": False} if isinstance(instance, Page) else {}
            instance.save(update_fields=["first_published_at"], **unchecked)
            # These people have been public before, so that the user need not confirm them again. Consent is
            # checked.
            with confirmed(user), as_it_was_live():
                Revision.objects.get(pk=live.pk).publish(user=user)
    except ValidationError as error:
        return getattr(error, "summary", "") or " ".join(error.messages)
    return ""
