"""The languages of the site: names, direction and fallback languages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation
from wagtail.models import Locale

from core.languages.cldr import direction


class InLocale(Protocol):
    """An object in the language of one of Wagtail's Locales."""

    @property
    def locale_id(self) -> int: ...


Row = TypeVar("Row", bound=InLocale)


@dataclass(frozen=True)
class Language:
    """A language with its code and its own name."""

    code: str
    name: str

    @property
    def dir(self) -> str:
        """Return "ltr" or "rtl" from CLDR. Django's LANGUAGES_BIDI would have to name each language again."""
        return direction(self.code)


def all_languages() -> list[Language]:
    return [Language(code, str(name)) for code, name in settings.LANGUAGES]


def language(code: str) -> Language:
    """Return the language with this code; one that the site does not have is named by its code."""
    return Language(code, str(dict(settings.LANGUAGES).get(code, code)))


def current_language() -> Language:
    return language(active_code())


def active_code() -> str:
    """Return the code of the active language if the site has it, otherwise of its base language or the site's
    default language. The admin may be in a language that the site does not have."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    codes = dict(settings.LANGUAGES)
    if code in codes:
        return code
    base = code.split("-")[0]
    return base if base in codes else settings.LANGUAGE_CODE


def admin_language(person: User | None) -> str:
    """Return the code of the language in which mails to a user are written: the one of their profile, else the
    site's default language."""
    profile = getattr(person, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else settings.LANGUAGE_CODE


@dataclass(frozen=True, kw_only=True)
class InLanguage:
    """A base of values that know their language, as they may be in a fallback language of the page."""

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
    """A text that may be in another language than the text around it."""

    text: str

    def __str__(self) -> str:
        return str(self.text)


def chain(code: str) -> list[str]:
    """Return the codes of all languages in the order in which to look for a text: `code`, its fallback languages,
    then the rest, so that missing translations leave no page empty."""
    rest = [known for known, _name in settings.LANGUAGES]
    return list(dict.fromkeys([*understood(code), *rest]))


def understood(code: str) -> list[str]:
    """Return `code` and the codes of its fallback languages, which its readers are expected to understand: those
    in LANGUAGE_FALLBACKS, else the site's default language."""
    return [code, *settings.LANGUAGE_FALLBACKS.get(code, [settings.LANGUAGE_CODE])]


def language_choices() -> list[tuple[str, str]]:
    """Return code and name of each language as choices. Passed to fields as a callable, so that a new language
    needs no migration."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class LocaleCodes:
    """Ids and codes of Locales, cached in the process: Locales change only with deployments."""

    _codes: dict[int, str] = {}

    @classmethod
    def code(cls, locale_id: int) -> str:
        """Return the language code of a Locale. Raise KeyError if there is no such Locale."""
        codes = cls._codes
        if locale_id not in codes:
            # Replaced as a whole, because another thread may be reading the old dict.
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
    """Return the row to show to readers of the language `code`: the first in the order of `chain`; None if there
    are no rows."""
    found = list(rows)
    if len(found) < 2:
        return found[0] if found else None
    order = {known: place for place, known in enumerate(chain(code))}
    return min(found, key=lambda row: order.get(LocaleCodes.code(row.locale_id), len(order)))
