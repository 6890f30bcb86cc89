"""Translation memories of other programs, whose texts belong to no translation of this site."""

from collections.abc import Collection
from operator import attrgetter

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.languages.tags import is_same, may_be_same
from translation.access.queries import locales_for
from translation.exchange.records import InFile, Refused, of_each
from translation.localize.names import SUBMIT
from translation.memory.foreign import Foreign, allowed
from translation.models import LanguageAction


def foreign_texts(files: Collection[InFile], user: User) -> list[Foreign]:
    """Return the texts of these files in the languages of the site, each once, that may be in the memory. Raise
    Refused if a file has none in these, or if the user may not translate into their language."""
    locales = list(Locale.objects.all())
    found: dict[tuple[int, int, str, str], Foreign] = {}
    missing = []

    def languages_of(file: InFile) -> tuple[Locale, Locale] | None:
        source, target = (_locale(code, locales) for code in (file.source_language, file.language))
        if source is None or target is None or source == target:
            missing.append(file.language or "?")
            return None
        _check_right(target, user)
        return source, target

    for file, languages in zip(files, of_each(files, languages_of, attrgetter("name")), strict=True):
        if languages is None:
            continue
        source, target = languages
        for unit in file.units:
            texts = unit.source, unit.target
            text = Foreign(*texts, source.pk, target.pk, file.name, without_codes=unit.markup)
            found.setdefault((source.pk, target.pk, unit.source, unit.target), text)
    if missing and not found:
        names = {"languages": ", ".join(sorted(set(missing)))}
        raise Refused(_("The file has no texts in the languages of this site (%(languages)s).") % names)
    return allowed(found.values())


def _locale(code: str, locales: list[Locale]) -> Locale | None:
    """Return the language of the site that a language code of a file stands for: the one with the same code, else
    one of the same language with another region or script; None if there is none."""
    for means in (is_same, may_be_same):
        if found := [locale for locale in locales if code and means(code, locale.language_code)]:
            return found[0]
    return None


def _check_right(locale: Locale, user: User) -> None:
    """Raise Refused unless the user translates into the language or may send for translation."""
    if user.is_superuser or user.has_perm(SUBMIT) or locale.pk in locales_for(user, LanguageAction.TRANSLATE):
        return
    names = {"language": locale.get_display_name()}
    raise Refused(_("You do not have permission to translate into %(language)s.") % names)
