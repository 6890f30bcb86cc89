"""Checks of terms of the glossary, and of names, that the source has."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from translation.checks.finding import Code, Finding
from translation.glossary.index import Index, Match


def terms(source: str, text: str, glossary: Index) -> Iterator[Finding]:
    """Yield a finding for each term of the source whose translation the text lacks, and for each that it has in a
    forbidden form. Forms of words count as the same, and unverified translations are taken, not demanded."""
    target = glossary.text(text)
    seen = set()
    for match in glossary.matches(source):
        if match.term in seen:
            continue
        seen.add(match.term)
        good = target.places([form for form in match.translations if not form.is_forbidden])
        bad = [form for form in match.translations if form.is_forbidden and target.places([form]) - good]
        if bad:
            message = _("“%(form)s” is not used for “%(term)s”. Write: %(better)s.")
            names = {"form": bad[0].text, "term": match.term, "better": _listed(match) or "–"}
            yield Finding(Code.FORBIDDEN, message % names)
        elif not good and match.demanded:
            code = Code.NAME if match.is_name else Code.TERM
            message = (
                _("“%(term)s” is “%(better)s” here.")
                if match.is_name
                else _("Glossary: “%(term)s” is “%(better)s”.")
            )
            yield Finding(code, message % {"term": match.term, "better": _listed(match)})


def _listed(match: Match) -> str:
    return ", ".join(form.text for form in match.demanded)
