"""The languages of the site: own names, direction, and which language stands in for which."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation
from wagtail.models import Locale

from core.languages.cldr import direction

Row = TypeVar("Row")


@dataclass(frozen=True)
class Language:
    code: str
    name: str

    @property
    def dir(self) -> str:
        """Not by Django's LANGUAGES_BIDI: a language would have to be named there too."""
        return direction(self.code)


def all_languages() -> list[Language]:
    return [Language(code, str(name)) for code, name in settings.LANGUAGES]


def language(code: str) -> Language:
    return Language(code, str(dict(settings.LANGUAGES).get(code, code)))


def current_language() -> Language:
    return language(active_code())


def active_code() -> str:
    """The active content language, or the site's own where the admin speaks one that the site does not."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    codes = [known for known, _name in settings.LANGUAGES]
    if code in codes:
        return code
    base = code.split("-")[0]
    return base if base in codes else settings.LANGUAGE_CODE


def admin_language(person: User | None) -> str:
    """Return the code of the language in which somebody is written to."""
    profile = getattr(person, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else settings.LANGUAGE_CODE


@dataclass(frozen=True, kw_only=True)
class InLanguage:
    """What says in which language it is, for it may stand in for what the reader's language lacks."""

    code: str = field(default_factory=active_code)

    @property
    def lang(self) -> str:
        return self.code

    @property
    def dir(self) -> str:
        return language(self.code).dir

    @property
    def language_name(self) -> str:
        return language(self.code).name

    @property
    def is_fallback(self) -> bool:
        return self.code != active_code()


@dataclass(frozen=True, kw_only=True)
class Words(InLanguage):
    """A run of text that may stand amid text of another language."""

    text: str

    def __str__(self) -> str:
        return str(self.text)


def chain(code: str) -> list[str]:
    """The languages to ask for a piece, best first: the reader's, its named stand-ins, then the rest,
    so that no page is empty because a translator is behind."""
    rest = [known for known, _name in settings.LANGUAGES]
    return list(dict.fromkeys([*understood(code), *rest]))


def understood(code: str) -> list[str]:
    """The language itself and its named stand-ins: what its readers may be expected to read."""
    return [code, *settings.LANGUAGE_FALLBACKS.get(code, [settings.LANGUAGE_CODE])]


def language_choices() -> list[tuple[str, str]]:
    """A callable for field choices: a further language then needs no migration."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class LocaleCodes:
    """Locale ids and codes, kept in the process: Locales change with deployments, not with requests."""

    _codes: dict[int, str] = {}

    @classmethod
    def code(cls, locale_id: int) -> str:
        codes = cls._codes
        if locale_id not in codes:
            # Replaced as a whole: another thread may be reading it.
            cls._codes = codes = dict(Locale.objects.values_list("id", "language_code"))
        return codes[locale_id]

    @classmethod
    def ids(cls) -> dict[str, int]:
        """Return the id of each Locale by its code."""
        if not cls._codes:
            cls._codes = dict(Locale.objects.values_list("id", "language_code"))
        return {code: pk for pk, code in cls._codes.items()}

    @classmethod
    def clear(cls) -> None:
        cls._codes = {}


def best(rows: Iterable[Row], code: str) -> Row | None:
    """Of the translations of one thing the one to show in that language, or None of none."""
    order = {known: place for place, known in enumerate(chain(code))}
    return min(rows, key=lambda row: order.get(LocaleCodes.code(row.locale_id), len(order)), default=None)
