"""What helps a translator with one unit: findings of checks, suggestions of the memory, terms. The only module of
the desk that knows who gives them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail_localize.models import StringSegment, Translation

from core.models import SiteImage
from translation.checks.alt_texts import checked_alt_texts
from translation.checks.units import Checked, UnitText, checked_units
from translation.desk.belonging import model_of
from translation.desk.wording import editable
from translation.glossary import Match, terms_in
from translation.memory import suggestions
from translation.models import UnitRow
from translation.units.chips import parts_of, with_chips
from translation.units.difference import as_read, difference
from translation.units.memory import FOREIGN, SIMILAR, STAYING, TOOL


@dataclass(frozen=True)
class Remark:
    """A finding about a text, in a sentence. `is_blocking` if the text cannot be submitted with it; `waived` is
    the reason for which somebody has waived it. `code` names the check, and is empty if it cannot be waived."""

    text: str
    is_blocking: bool = False
    code: str = ""
    waived: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A text of the memory, as it is typed and for reading, with how similar its source is in percent, and the
    difference from that source. `figures_differ` warns that its figures are others than those of the unit. `tool`
    is what a text is recorded with that was taken from it; `stays` says that it is still recorded when the text is
    edited."""

    text: str
    shown: SafeString
    similarity: int
    change: SafeString
    origin: str = ""
    figures_differ: bool = False
    tool: str = TOOL

    @property
    def stays(self) -> bool:
        return self.tool in STAYING


@dataclass(frozen=True)
class Term:
    """A term of the glossary in the source, with how it is, or must not be, translated."""

    source: str
    target: str
    note: str = ""
    is_forbidden: bool = False


TOOLS = {"", TOOL, *STAYING}
"""What a translator may have taken a text from."""


def remarks_on(translation: Translation, texts: Mapping[int, str]) -> dict[int, list[Remark]]:
    """Return the findings about texts of units, by the primary keys of their segments."""
    segments = StringSegment.objects.filter(source=translation.source_id, pk__in=texts)
    places = {
        row.pk: ((row.context.path_id, row.string.data_hash), row.string.data)
        for row in segments.select_related("context", "string")
    }
    key, locale_id = translation.source.object_id, translation.target_locale_id
    rows = UnitRow.objects.filter(translation=translation.pk, segment__in=places, stale_since__isnull=False)
    untouched = {row.segment: row.text for row in rows}
    units = [
        UnitText(place, source, texts[pk], untouched.get(pk) == texts[pk])
        for pk, (place, source) in places.items()
        if texts[pk]
    ]
    found = checked_units(model_of(translation), key, locale_id, units)
    return {pk: [_remark(each) for each in found.get(place, ())] for pk, (place, _source) in places.items()}


def remarks_on_pictures(texts: Iterable[tuple[SiteImage, str]], locale_id: int) -> dict[int, list[Remark]]:
    """Return the findings about alternative texts in a language, by the primary keys of their images."""
    found = checked_alt_texts(texts, locale_id)
    return {pk: [_remark(each) for each in checked] for pk, checked in found.items()}


def _remark(checked: Checked) -> Remark:
    finding, waiver = checked.finding, checked.waiver
    code = finding.code.value if finding.may_be_waived else ""
    return Remark(finding.message, checked.stops, code, waiver.reason if waiver else "")


def suggestions_for(translation: Translation, segment: StringSegment) -> list[Suggestion]:
    """Return the suggestions of the memory for a unit, the best first."""
    source = segment.string.data
    return [
        Suggestion(
            text=editable(each.text),
            shown=with_chips(each.text, source),
            similarity=each.score,
            change=difference(each.source, source),
            origin=" · ".join(
                filter(None, [each.origin, each.by, gettext("some codes left out") if each.without_codes else ""])
            ),
            figures_differ=each.figures_differ,
            tool=FOREIGN if each.is_foreign else TOOL if each.score == 100 else SIMILAR,
        )
        for each in suggestions(source, translation.source.locale, translation.target_locale)
    ]


def terms_for(translation: Translation, segment: StringSegment) -> tuple[list[Term], SafeString | str]:
    """Return the terms of the glossary in the source of a unit, each translation once, and the source for reading
    with these terms marked; nothing if there are none."""
    source = segment.string.data
    matches = terms_in(source, translation.target_locale.language_code)
    terms = [
        Term(match.term, form.text, form.note or match.note, form.is_forbidden)
        for match in matches
        for form in match.translations
    ]
    return list(dict.fromkeys(terms)), _marked(source, matches) if matches else ""


def _marked(source: str, matches: list[Match]) -> SafeString:
    """Return a source for reading, with each term marked and titled with its translations."""
    parts: list[str] = []
    place = 0
    for part, shown in parts_of(source):
        if isinstance(shown, SafeString):
            parts.append(shown)
        else:
            parts.extend(_with_terms(part, place, matches))
        place += len(part)
    return format_html_join("", "{}", ((part,) for part in parts))


def _with_terms(part: str, place: int, matches: list[Match]) -> Iterator[str]:
    """Yield the words of a part of a source, which begins at `place`, and the terms among them as safe HTML. Tags
    may stand within a term: then each part has its own mark."""
    done = 0
    for match in matches:
        start, end = max(match.start - place, 0), min(match.end - place, len(part))
        if start < end:
            forms = ", ".join(form.text for form in match.translations if not form.is_forbidden)
            yield as_read(part[done:start])
            yield format_html('<mark class="desk-term" title="{}">{}</mark>', forms, as_read(part[start:end]))
            done = end
    yield as_read(part[done:])
