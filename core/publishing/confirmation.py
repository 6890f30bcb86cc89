"""Who has confirmed which names, faces and words become public."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.models.confirmation import PublishConfirmation
from core.publishing.findings import Finding
from core.publishing.people import PublicItem, digest_of
from core.typed import Translatable

CODE = "not_confirmed"


@dataclass(frozen=True)
class Confirmation:
    """What somebody has read and agreed to; `user` is None where a command has."""

    items: tuple[PublicItem, ...]
    user: User | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.items)

    def store(self, revision: Revision) -> None:
        PublishConfirmation.objects.update_or_create(
            revision=revision,
            digest=self.digest,
            defaults={
                "items": [item.stored for item in self.items],
                "user": self.user,
                "at": timezone.now(),
            },
        )


@dataclass(frozen=True)
class _Assumed:
    user: User | None
    items: frozenset[PublicItem] | None


_assumed: ContextVar[_Assumed | None] = ContextVar("confirmed", default=None)


@contextmanager
def confirmed(user: User | None = None, items: Iterable[PublicItem] | None = None) -> Iterator[None]:
    """Take what is published inside as confirmed by `user`, or by a command: all of it, or only these items."""
    token = _assumed.set(_Assumed(user, None if items is None else frozenset(items)))
    try:
        yield
    finally:
        _assumed.reset(token)


def assumed(items: Iterable[PublicItem]) -> Confirmation | None:
    """What `confirmed()` says of these; None outside of it, or where one of them was not named."""
    known = _assumed.get()
    items = tuple(items)
    if known is None or not (known.items is None or known.items.issuperset(items)):
        return None
    return Confirmation(items, known.user)


def stored_confirmation(subject: Translatable, items: Iterable[PublicItem]) -> PublishConfirmation | None:
    """Return the newest one of exactly this list, by whichever revision of the object, since something of it was
    last published: what has been taken out by publishing comes back only when somebody confirms it anew."""
    if subject.pk is None:
        return None
    known = PublishConfirmation.objects.of(subject).filter(digest=digest_of(items))
    if last := _last_published(subject):
        known = known.filter(at__gt=last)
    return known.select_related("user").first()


def _last_published(subject: Translatable) -> datetime | None:
    """As it is stored: what is published may come from an old revision."""
    rows = type(subject)._base_manager.filter(pk=subject.pk)
    return rows.values_list("last_published_at", flat=True).first()


def confirmation_finding(subject: Translatable, new: Iterable[PublicItem]) -> Finding:
    """Return a finding that names what of `new` has not been confirmed."""
    last = PublishConfirmation.objects.of(subject).first() if subject.pk else None
    known = {item["mark"] for item in last.items} if last else set()
    unknown = [item for item in new if item.mark not in known]
    if last and not unknown:
        message = _("The list “Becomes public” has changed since it was confirmed.")
    elif last:
        message = _("This was not on the list “Becomes public” when it was confirmed.")
    else:
        message = _("Nobody has confirmed which names, faces and quoted words become public.")
    mend = _("Open it in the editor, read the list “Becomes public” and confirm it.")
    return Finding(CODE, message, mend, names=named(unknown))


def named(items: Iterable[PublicItem]) -> str:
    return "; ".join(f"{item.kind.label}: {Truncator(item.words.text).chars(60)}" for item in items)


def forget_confirmations(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: ask again before what was taken offline is published anew."""
    PublishConfirmation.objects.of(instance).delete()
