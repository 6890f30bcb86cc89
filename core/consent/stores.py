"""Registry of the places that keep words or pictures of an object: whoever adds a table that does so registers it
here, and a withdrawal of consent reaches it. A test looks through all tables for what nobody has registered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models

from core.consent.masking import Words
from core.consent.withdrawable import Withdrawable


@dataclass
class Subject:
    """An object in all its languages, whose consent is withdrawn. `rows` is empty where it lies in the trash."""

    model: type[Withdrawable]
    key: str
    rows: list[Withdrawable]
    ids: list[str] = field(default_factory=list)
    """The primary keys of the rows, and of those that were deleted and can be restored."""
    words: Words = field(default_factory=Words)
    """In all languages and earlier versions, as far as they are known."""

    @classmethod
    def of(cls, instance: Withdrawable) -> Self:
        """Locks the rows of the object: within a transaction only."""
        rows = list(instance.in_all_languages().select_for_update())
        subject = cls(type(instance), instance.withdrawal_key, rows)
        subject.ids = [str(row.pk) for row in rows]
        for store in _stores:
            subject.ids += store.former_ids(subject) if store.former_ids else ()
        subject.words = Words(subject._known_words())
        return subject

    def _known_words(self) -> Iterator[str]:
        for row in self.rows:
            yield from (getattr(row, name) for name in self.model.word_fields)
        for store in _stores:
            if store.words:
                yield from store.words(self)

    def empty(self) -> Withdrawable:
        """Return an unsaved object that stands for one in the trash."""
        return self.model(**{"translation_key" if self.has_languages else "pk": self.key})

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    @property
    def has_languages(self) -> bool:
        return hasattr(self.model, "translation_key")

    def of_object(self, queryset: models.QuerySet[Any], key_field: str = "object_key") -> models.QuerySet[Any]:
        """Return those rows of a table with translation keys that belong to it."""
        return queryset.filter(**{key_field: self.key}) if self.has_languages else queryset.none()


@dataclass(frozen=True)
class Store:
    """`erase` removes or masks the words and returns how many rows were changed; `words` yields words that the
    store knows and the object itself does not (earlier versions, translations), before anything is erased;
    `former_ids` the primary keys of its deleted rows. With `again` the store is searched anew each day until the
    words are forgotten."""

    label: str
    erase: Callable[[Subject], int]
    words: Callable[[Subject], Iterable[str]] | None = None
    former_ids: Callable[[Subject], Iterable[str]] | None = None
    again: bool = False


@dataclass(frozen=True)
class Place:
    """A page that shows it, or whose own text has the same words. `url` is empty where readers see none."""

    title: str
    language: str
    url: str = ""
    edit_url: str = ""


Finder = Callable[[Subject], Iterable[Place]]

Companions = Callable[[Subject], Iterable[Withdrawable]]

_stores: list[Store] = []
_companions: list[Companions] = []
KeysShowing = Callable[[Subject], Iterable[UUID]]

_shown: list[Finder] = []
_showing: list[KeysShowing] = []


def register(store: Store) -> None:
    if store not in _stores:
        _stores.append(store)


def register_shown(find: Finder) -> None:
    """`find` yields where readers see it now."""
    if find not in _shown:
        _shown.append(find)


def register_companions(find: Companions) -> None:
    """`find` yields what is withdrawn together with it, such as the quotes of a person, each once."""
    if find not in _companions:
        _companions.append(find)


def register_showing(find: KeysShowing) -> None:
    """`find` yields the translation keys of the pages that may show it, so that it settles their passages."""
    if find not in _showing:
        _showing.append(find)


def companions(subject: Subject) -> list[Withdrawable]:
    """Return what is withdrawn with it, and what is withdrawn with that, each once."""
    found: dict[tuple[type, str], Withdrawable] = {}
    seen = {(subject.model, subject.key)}
    waiting = [subject]
    while waiting:
        one = waiting.pop()
        for each in (each for find in _companions for each in find(one)):
            key = (type(each), each.withdrawal_key)
            if key not in seen and not each.consent_withdrawn:
                seen.add(key)
                found[key] = each
                waiting.append(Subject.of(each))
    return list(found.values())


def keys_showing(subject: Subject) -> set[UUID]:
    return {key for find in _showing for key in find(subject)}


def stores() -> list[Store]:
    return list(_stores)


def shown_at(subject: Subject) -> list[Place]:
    return list(dict.fromkeys(place for find in _shown for place in find(subject)))
