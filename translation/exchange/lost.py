"""Files that have lost the header that says which translation they are of: it is found by the places of their
strings, and the user is asked."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from operator import attrgetter

from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation

from core.languages.tags import is_same, may_be_same
from translation.exchange.records import InFile, Refused, of_each
from translation.exchange.wording import NO_IDS


def identified(files: Collection[InFile]) -> list[InFile]:
    """Return the files, those without a translation with the one that most of their strings are of. Raise Refused
    if there is none, or more than one, for each such file."""
    return of_each(files, _identified, attrgetter("name"))


def _identified(file: InFile) -> InFile:
    if file.translation or file.is_foreign or not file.units:
        return file
    locale = _locale_of(file)
    wanted = {(unit.path_id, unit.string_hash) for unit in file.units}
    paths, hashes = (set(each) for each in zip(*wanted, strict=True))
    rows = StringSegment.objects.filter(
        context__path_id__in=paths,
        string__data_hash__in=hashes,
        source__translations__target_locale=locale,
        source__translations__enabled=True,
    ).values_list("source_id", "context__path_id", "string__data_hash")
    counts = Counter(source for source, *place in set(rows) if tuple(map(str, place)) in wanted)
    if not counts:
        raise Refused(NO_IDS)
    (source, most), *others = counts.most_common(2)
    if others and others[0][1] == most:
        raise Refused(_("The file does not say which translation it belongs to, and its strings are in several."))
    translation = Translation.objects.get(source_id=source, target_locale=locale, enabled=True)
    return replace(file, translation=str(translation.uuid), is_guessed=True)


def _locale_of(file: InFile) -> Locale:
    """Return the language that a file names in its content or in its name, such as `story.ru.po`. Raise Refused if
    it names none of the site."""
    named = file.language or file.name.rpartition(".")[0].rpartition(".")[2]
    locales = list(Locale.objects.all())
    for means in (is_same, may_be_same):
        if found := [locale for locale in locales if means(named, locale.language_code)]:
            return found[0]
    raise Refused(NO_IDS)
