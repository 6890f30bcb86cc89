"""Alternative texts of an image in its languages: which are out of date. An image has no drafts and no translation
of its own; with each text is kept what the site's own language said when it was written."""

from collections.abc import Collection, Mapping

from django.conf import settings

Texts = Mapping[str, str]


def outdated(texts: Texts, sources: Texts) -> set[str]:
    """The languages whose text was written beside another one than stands there now."""
    now = texts.get(settings.LANGUAGE_CODE, "")
    return {code for code, text in texts.items() if text and sources.get(code, now) != now}


def sources_after(before: Texts, sources: Texts, after: Texts, confirmed: Collection[str] = ()) -> dict[str, str]:
    """Beside which text each of those that are there afterwards was written. `confirmed` are the languages whose
    text somebody has looked at and left as it is. What was written before anything was kept goes by the text that
    was there until now."""
    old, new = (texts.get(settings.LANGUAGE_CODE, "") for texts in (before, after))
    found = {}
    for code, text in after.items():
        if code == settings.LANGUAGE_CODE or not text:
            continue
        is_new = code in confirmed or text != before.get(code)
        if source := new if is_new else sources.get(code, old):
            found[code] = source
    return found
