"""The publishing check on former numbers of helplines in texts."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from core.findings import Finding
from core.helplines.numbers import FEWEST_OF_WHOLE
from core.helplines.typed_numbers import former_numbers, numbers_typed, spellings
from core.quotations.texts import texts_of
from core.rules import Rule
from core.typed import Translatable

CODE = "former_number"


class FormerNumbers(Rule):
    """A publishing check that reports former numbers of helplines in texts. Whole numbers block the publication of
    objects that are not live yet. Short numbers, which may mean something else, and numbers in live objects are
    hints only."""

    def shown_findings(self, shown: Translatable, on: date) -> list[Finding]:
        """Return the findings about former numbers of at least FEWEST_OF_WHOLE digits in the object's text, or
        none if the object is live already."""
        found = [finding for number, finding in _findings(shown) if _is_whole(number)]
        return [] if found and _is_live(shown) else found

    def hints(self, subject: Translatable) -> list[Finding]:
        """Return the findings that do not block publication: all if the object is live, else those on short
        numbers."""
        found = list(_findings(subject))
        is_live = bool(found) and _is_live(subject)
        return [finding for number, finding in found if is_live or not _is_whole(number)]


def _findings(shown: Translatable) -> Iterator[tuple[str, Finding]]:
    """Yield each former number in the object's text with its finding, once for each paragraph that has it."""
    paragraphs = [paragraph for of_field in texts_of(shown) for paragraph in of_field]
    typed_in = [(paragraph, typed) for paragraph in paragraphs if (typed := numbers_typed(paragraph.text))]
    former = {number: spellings(number) for number in former_numbers()} if typed_in else {}
    for paragraph, typed in typed_in:
        for number in (number for number, digits in former.items() if typed & digits):
            message = _("%(number)s is a former number of a helpline.") % {"number": number}
            mend = _("Remove the number, or insert the helpline instead: it is always up to date.")
            place = (paragraph.where, paragraph.field, paragraph.block_path)
            yield number, Finding(CODE, message, mend, *place)


def _is_whole(number: str) -> bool:
    """Return whether a number has at least FEWEST_OF_WHOLE digits, too many for a short number such as 112."""
    return len(re.findall(r"\d", number)) >= FEWEST_OF_WHOLE


def _is_live(subject: Translatable) -> bool:
    return bool(subject.pk) and type(subject)._base_manager.filter(pk=subject.pk, live=True).exists()
