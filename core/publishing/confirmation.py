"""Confirmations of the list “Becomes public”: who has confirmed which names, faces and words."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import DateTimeField, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.context import held
from core.findings import Finding
from core.internals.django import Truncator
from core.publishing.models import PublishConfirmation
from core.publishing.people import PublicItem, people_digest
from core.typed import Translatable

CODE = "not_confirmed"
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Confirmation:
    """The items of the list “Becomes public” that a person has confirmed; `user` is None for a command."""

    items: tuple[PublicItem, ...]
    user: User | None = None

    @property
    def digest(self) -> str:
        return people_digest(self.items)

    def store(self, revision: Revision) -> None:
        """Record the confirmation with a revision, in place of an earlier one of the same list."""
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
    """What the surrounding `confirmed()` declares; `items` is None for everything."""

    user: User | None
    items: frozenset[PublicItem] | None


_assumed: ContextVar[_Assumed | None] = ContextVar("confirmed", default=None)


def confirmed(user: User | None = None, items: Iterable[PublicItem] | None = None) -> AbstractContextManager[None]:
    """Treat everything that is published in this context as confirmed by `user`, or by a command if it is None.
    With `items`, treat only these items as confirmed."""
    return held(_assumed, _Assumed(user, None if items is None else frozenset(items)))


def assumed(items: Iterable[PublicItem]) -> Confirmation | None:
    """Return the confirmation that the surrounding `confirmed()` gives for these items; None outside of such a
    context or if it does not include all of the items."""
    known = _assumed.get()
    items = tuple(items)
    if known is None or not (known.items is None or known.items.issuperset(items)):
        return None
    return Confirmation(items, known.user)


def stored_confirmation(subject: Translatable, items: Iterable[PublicItem]) -> PublishConfirmation | None:
    """Return the newest confirmation of exactly this list, with any revision of the object, that was made after
    the object was last published; None if there is none. An older one does not count: somebody must confirm again
    what a publication has removed."""
    if subject.pk is None:
        return None
    # From the database, because `subject` may come from an old revision.
    rows = type(subject)._base_manager.filter(pk=subject.pk).order_by()
    last = Coalesce(Subquery(rows.values("last_published_at")), LONG_AGO, output_field=DateTimeField())
    known = PublishConfirmation.objects.of(subject).filter(digest=people_digest(items), at__gt=last)
    return known.select_related("user").first()


def confirmation_finding(subject: Translatable, new: Iterable[PublicItem]) -> Finding:
    """Return the finding that blocks a publication whose list is not confirmed. It names the items of `new` that
    the object's newest confirmation does not include: all of them if there is no confirmation."""
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
    """Return the items as text: kind and words of each, separated by semicolons; words are cut after 60
    characters."""
    return "; ".join(f"{item.kind.label}: {Truncator(item.words.text).chars(60)}" for item in items)


def forget_confirmations(instance: Translatable, **kwargs: Any) -> None:
    """Receiver: delete the confirmations of an unpublished object, so that publishing it again requires a new
    one."""
    PublishConfirmation.objects.of(instance).delete()
