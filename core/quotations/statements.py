"""The statements of editors that nobody private is quoted in a passage of an object."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log
from wagtail.models import BaseLogEntry

from core.quotations.models import PassageStatement
from core.typed import Translatable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATED = "core.passage_stated"
TAKEN_BACK = "core.passage_statement_taken_back"


class StatementFormatter(LogFormatter):
    """The log entry of a statement."""

    label = _("State that nobody private is quoted")

    def format_message(self, log_entry: BaseLogEntry) -> "StrOrPromise":
        return _("Stated that nobody private is quoted in a passage")


class TakenBackFormatter(LogFormatter):
    """The log entry of a statement that was taken back."""

    label = _("Take back the statement on a passage")

    def format_message(self, log_entry: BaseLogEntry) -> "StrOrPromise":
        return _("Took back the statement on a passage")


def passage_digest(object_key: UUID, words: str, whose: str = "") -> str:
    """Return the SHA-256, in hexadecimal, by which a statement is found: of the translation key of the object, the
    words of the passage and the words that attribute them (`whose`)."""
    return sha256(f"{object_key}:{words}{whose and f':{whose}'}".encode()).hexdigest()


@dataclass(frozen=True)
class Statements:
    """What is recorded about some passages. `stated` maps the digest of a passage to the statement about it;
    `translated` maps the digest of a translation's passage to those of the source passages for which it went
    live."""

    stated: dict[str, PassageStatement] = field(default_factory=dict)
    translated: dict[str, set[str]] = field(default_factory=dict)


def statements_on(object_key: UUID, digests: Iterable[str]) -> Statements:
    """Return what is recorded about the passages with these digests in the objects with this translation key (one
    query)."""
    found = Statements()
    rows = PassageStatement.objects.filter(object_key=object_key, digest__in=list(digests))
    for row in rows.select_related("stated_by"):
        if row.translates:
            found.translated.setdefault(row.digest, set()).add(row.translates)
        else:
            found.stated[row.digest] = row
    return found


@transaction.atomic
def state(subject: Translatable, digest: str, user: User | None) -> None:
    """Record a statement that nobody private is quoted in the passage, and log it; do neither if there is one.
    `user` is None for a loader."""
    _row, made = PassageStatement.objects.get_or_create(
        object_key=subject.translation_key,
        digest=digest,
        translates="",
        defaults={"stated_by": user, "stated_at": timezone.now()},
    )
    if made:
        log(instance=subject, action=STATED, user=user, data={"passage": digest})


@transaction.atomic
def take_back(subject: Translatable, digest: str, user: User | None) -> None:
    """Delete the statement on the passage, if there is one, and log that."""
    gone, _kinds = PassageStatement.objects.filter(
        object_key=subject.translation_key, digest=digest, translates=""
    ).delete()
    if gone:
        log(instance=subject, action=TAKEN_BACK, user=user, data={"passage": digest})


def take_over(object_key: UUID, pairs: Iterable[tuple[str, str]]) -> None:
    """Record that passages of a translation went live for passages of its source. `pairs` are the digests of a
    passage and of its source; pairs that are recorded already are skipped."""
    now = timezone.now()
    PassageStatement.objects.bulk_create(
        [PassageStatement(object_key=object_key, digest=one, translates=of, stated_at=now) for one, of in pairs],
        ignore_conflicts=True,
    )
