"""The journal's handler for withdrawals of consent: repeats them on a database restored from a backup."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils import timezone

from core.consent.models import Withdrawal
from core.consent.same_words import standing, unpublish
from core.consent.stores import Subject, companions
from core.consent.withdrawable import Withdrawable
from core.consent.withdrawals import KIND, forget_withheld, withdraw
from core.journal import applying
from core.journal.file import Entry
from core.typed import Translatable

REASON = "Withdrawn before the database was restored from a backup; withdrawn again by the journal."
"""The reason of a repeated withdrawal. The original reason is not in the journal, as it may identify the person.
In English, like all stored log texts."""


def connect() -> None:
    """Register the handler of journal entries about consent."""
    applying.register(KIND, withdraw_again, order=10)


def withdraw_again(entries: list[Entry]) -> Iterator[str]:
    """Repeat, in all languages, the withdrawals whose last entry does not undo them and that this database does
    not have. Pages and snippets whose own text has the words are unpublished too, quoted or not, because the
    journal does not say whether an editor had removed the words from them. Yield a line for each object that was
    changed or needs a look. Objects that neither exist nor are in the trash are skipped."""
    last: dict[tuple[str, str], Entry] = {(entry.model, entry.key): entry for entry in entries}
    for entry in last.values():
        subject = _subject(entry)
        if subject is None:
            continue
        instance = subject.rows[0] if subject.rows else subject.empty()
        known = Withdrawal.objects.in_force().of(instance).first()
        if entry.data.get("undone"):
            if known:
                yield f"{entry}: is withdrawn as it was when the backup was made. Undo it again."
        elif known is None:
            yield from _withdraw(entry, instance, subject)
    forget_withheld()


def _withdraw(entry: Entry, instance: Withdrawable, subject: Subject) -> Iterator[str]:
    places = [place.row for place in standing([*(Subject.of(each) for each in companions(subject)), subject])]
    last = Withdrawal.objects.order_by("pk").last()
    withdraw(instance, _user(entry), REASON)
    made = Withdrawal.objects.filter(pk__gt=last.pk if last else 0)
    # With the original time, so that the words are deleted when they would have been, and consent ends on that
    # day.
    made.update(withdrawn_at=entry.when)
    _set_day(subject, timezone.localdate(entry.when))
    yield str(entry)
    for row in places:
        fresh = type(row)._base_manager.get(pk=row.pk)
        if fresh.live and not (hasattr(fresh, "is_site_root") and fresh.is_site_root()):
            unpublish(fresh, None)
        yield f"  the same words: {_named(fresh)}{' is still live, check it' if fresh.live else ''}"


def _subject(entry: Entry) -> Subject | None:
    """Return the object that an entry names, or None if this database has it neither in use nor in the trash."""
    model = apps.get_model(entry.model)
    field = "translation_key" if hasattr(model, "translation_key") else "pk"
    subject = Subject.of(model._base_manager.filter(**{field: entry.key}).first() or model(**{field: entry.key}))
    return subject if subject.ids else None


def _set_day(subject: Subject, day: datetime.date) -> None:
    """Move the day of the withdrawal back to `day` in all languages where it is later."""
    rows = subject.model._base_manager.filter(pk__in=[row.pk for row in subject.rows], consent_withdrawn__gt=day)
    rows.update(consent_withdrawn=day)


def _user(entry: Entry) -> User | None:
    pk = entry.data.get("user")
    return get_user_model().objects.filter(pk=pk).first() if pk is not None else None


def _named(row: Translatable) -> str:
    """Return model, primary key and language of an object. Not its title, which may hold the withdrawn words."""
    return f"{row._meta.label_lower} {row.pk} in {row.locale.language_code}"
