"""The words of withdrawn consents while they are kept for undoing (WITHDRAWN_TEXT_DAYS), and the publishing check
that finds them in texts."""

from datetime import date

from django.utils.translation import gettext as _

from core.consent.models import WithheldContent
from core.consent.same_words import SameWords
from core.findings import Finding
from core.quotations.texts import texts_of
from core.quotations.words import bare_words
from core.rules import Rule
from core.stamps.kept import kept
from core.typed import Translatable

CODE = "withdrawn_words"


def withheld_words() -> SameWords:
    """Return what persons have said whose consent is withdrawn, in all languages; not their names."""
    return kept("withheld words", _read)


def _read() -> SameWords:
    found = WithheldContent.objects.select_related("withdrawal__content_type")
    return SameWords(
        text for each in found if not each.withdrawal.subject_model.words_are_name for text in each.words
    )


class WithheldWords(Rule):
    """A publishing check on the text of an object: nobody publishes again, typed or from a copy, what somebody has
    withdrawn."""

    def shown_findings(self, shown: Translatable, on: date) -> list[Finding]:
        words = withheld_words()
        if not words.texts:
            return []
        return [
            _finding(paragraph.where, paragraph.field, paragraph.block_path)
            for paragraphs in texts_of(shown)
            for paragraph in paragraphs
            if words.repeated_in(bare_words(paragraph.text))
        ]

    def text_findings(self, shown_by: Translatable, text: str, of: str = "") -> list[Finding]:
        return [_finding()] if withheld_words().repeated_in(bare_words(text)) else []


def _finding(where: str = "", field: str = "", block_path: tuple[str, ...] = ()) -> Finding:
    message = _("The text repeats words for which consent was withdrawn.")
    return Finding(CODE, message, _("Remove the words."), where, field, block_path)
