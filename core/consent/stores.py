"""Registry of the stores that keep copies of an object's words or pictures. Every table that does so must be
registered here, so that a withdrawal of consent erases the copies. A test searches all tables for missing
stores."""

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
    """An object in all its languages, whose consent is withdrawn. `rows` is empty for an object in the trash."""

    model: type[Withdrawable]
    key: str
    rows: list[Withdrawable]
    ids: list[str] = field(default_factory=list)
    """The primary keys of the rows, and of deleted rows that can be restored."""
    words: Words = field(default_factory=Words)
    """The object's words in all languages and earlier versions, as far as they are known."""

    @classmethod
    def of(cls, instance: Withdrawable) -> Self:
        """Return the subject of an object, saved or in the trash, with the words that its rows and all stores
        know. Lock its rows; call it within a transaction."""
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
        """Return an unsaved object with the subject's key, which stands for one in the trash."""
        return self.model(**{"translation_key" if self.has_languages else "pk": self.key})

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    @property
    def has_languages(self) -> bool:
        """Whether the object is translatable, so that its key is a translation key."""
        return hasattr(self.model, "translation_key")

    def of_object(self, queryset: models.QuerySet[Any], key_field: str = "object_key") -> models.QuerySet[Any]:
        """Return the rows of a table whose `key_field` holds the subject's translation key; none for a model
        without languages."""
        return queryset.filter(**{key_field: self.key}) if self.has_languages else queryset.none()


@dataclass(frozen=True)
class Store:
    """A place that keeps copies of words. `erase` removes or masks the copies and returns how many rows it
    changed. `words` yields words that only the store knows (earlier versions, translations); it is called before
    anything is erased. `former_ids` yields the primary keys of the object's deleted rows. A store with `again` is
    searched again each day until the words are deleted for good."""

    label: str
    erase: Callable[[Subject], int]
    words: Callable[[Subject], Iterable[str]] | None = None
    former_ids: Callable[[Subject], Iterable[str]] | None = None
    again: bool = False


@dataclass(frozen=True)
class Place:
    """A page that shows an object. `url` is empty if the page is not public."""

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
    """Register a store, which each later withdrawal erases, unless it is registered already."""
    if store not in _stores:
        _stores.append(store)


def register_shown(find: Finder) -> None:
    """Register a function that yields the public places that show an object."""
    if find not in _shown:
        _shown.append(find)


def register_companions(find: Companions) -> None:
    """Register a function that yields the objects to withdraw together with another one, such as the quotes of a
    person, each in one language."""
    if find not in _companions:
        _companions.append(find)


def register_showing(find: KeysShowing) -> None:
    """Register a function that yields the translation keys of the pages that may show an object and whose quoted
    passages may therefore rely on it."""
    if find not in _showing:
        _showing.append(find)


def companions(subject: Subject) -> list[Withdrawable]:
    """Return the objects to withdraw together with a subject, and with those objects in turn, each once. Objects
    whose consent is withdrawn already are left out. Lock their rows; call it within a transaction."""
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
    """Return the translation keys of the pages that may show the subject."""
    return {key for find in _showing for key in find(subject)}


def stores() -> list[Store]:
    return list(_stores)


def shown_at(subject: Subject) -> list[Place]:
    """Return the places that show the subject now, each once."""
    return list(dict.fromkeys(place for find in _shown for place in find(subject)))
