"""What editors have stated about the passages of an object."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log

from core.models.passages import PassageStatement
from core.typed import Translatable

STATED = "core.passage_stated"
TAKEN_BACK = "core.passage_statement_taken_back"


class StatementFormatter(LogFormatter):
    label = _("State that nobody private is quoted")

    def format_message(self, log_entry) -> str:
        return _("Stated that nobody private is quoted in a passage")


class TakenBackFormatter(LogFormatter):
    label = _("Take back the statement on a passage")

    def format_message(self, log_entry) -> str:
        return _("Took back that nobody private is quoted in a passage")


def digest_of(object_key: UUID, words: str, whose: str = "") -> str:
    """Return what a statement is found by; `whose` says to whom the text gives the words."""
    return sha256(f"{object_key}:{words}{whose and f':{whose}'}".encode()).hexdigest()


@dataclass(frozen=True)
class Statements:
    """`stated` are the digests of passages that somebody has stated, `translated` for those of translations the
    digests of the passages of the source for which they went live."""

    stated: dict[str, PassageStatement] = field(default_factory=dict)
    translated: dict[str, set[str]] = field(default_factory=dict)


def statements_on(object_key: UUID, digests: Iterable[str]) -> Statements:
    """Return what is known of these passages (one query)."""
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
    """Record that nobody private is quoted in the passage. Without a user it is a loader that states it."""
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
    gone, _kinds = PassageStatement.objects.filter(
        object_key=subject.translation_key, digest=digest, translates=""
    ).delete()
    if gone:
        log(instance=subject, action=TAKEN_BACK, user=user, data={"passage": digest})


def take_over(object_key: UUID, pairs: Iterable[tuple[str, str]]) -> None:
    """Record for which passage of its source each passage of a translation went live."""
    now = timezone.now()
    PassageStatement.objects.bulk_create(
        [PassageStatement(object_key=object_key, digest=one, translates=of, stated_at=now) for one, of in pairs],
        ignore_conflicts=True,
    )
