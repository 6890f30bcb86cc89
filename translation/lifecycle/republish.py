"""What was live when it was deleted is live again where nothing has changed since, and where the gate lets it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from core.publishing.forms import may_publish
from core.publishing.gate import confirmed, shown
from core.publishing.newer import as_it_was_live
from core.typed import Translatable
from translation.lifecycle.reviewed import source_print
from translation.models import DeletedObject, Review


@dataclass
class Restored:
    """`live` is the revision that readers saw; None where they saw none. `against` says why they do not see it
    again."""

    deleted: DeletedObject
    instance: Translatable
    live: Revision | None = None
    against: str = ""


def seen_revision(instance: Translatable, reviews: list[Review], user: User) -> Revision:
    """Of what readers saw: the one that was reviewed, where that is what they saw."""
    seen = max(
        (review for review in reviews if review.went_live_at), key=lambda each: each.went_live_at, default=None
    )
    if seen and shown(seen.revision.as_object().serializable_data()) == shown(instance.serializable_data()):
        return seen.revision
    return instance.save_revision(user=user, clean=False)


def go_live(restored: Restored, user: User) -> None:
    """Once all that comes back with it is there, parents and originals before it."""
    if restored.live is None:
        return
    instance = type(restored.instance)._base_manager.get(pk=restored.instance.pk)
    restored.against = _against(instance, restored.deleted, user) or _publish(instance, restored, user)
    restored.instance.refresh_from_db()


def _against(instance: Translatable, deleted: DeletedObject, user: User) -> str:
    before, now = deleted.content.get("source"), source_print(instance)
    if before and now and before != now:
        return _("its original has changed since. Bring it up to date and submit it for review.")
    if instance.expire_at and instance.expire_at <= timezone.now():
        return _("its time has run out.")
    if isinstance(instance, Page) and not instance.get_parent().live:
        return _("the page above it is not live. Publish that one first, then this.")
    if not may_publish(user, instance):
        return _("you may not publish it.")
    return ""


def _publish(instance: Translatable, restored: Restored, user: User) -> str:
    """What the gate has against it."""
    field = instance._meta.get_field("first_published_at")
    try:
        with transaction.atomic():
            instance.first_published_at = field.to_python(restored.deleted.content["object"]["first_published_at"])
            # Of the text nothing changes, so the gate has nothing to say yet.
            unchecked = {"clean": False} if isinstance(instance, Page) else {}
            instance.save(update_fields=["first_published_at"], **unchecked)
            # What readers saw is shown again by whoever restores it; consent is asked anew all the same.
            with confirmed(user), as_it_was_live():
                Revision.objects.get(pk=restored.live.pk).publish(user=user)
    except ValidationError as error:
        return getattr(error, "summary", "") or " ".join(error.messages)
    return ""
