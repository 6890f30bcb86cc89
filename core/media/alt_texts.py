"""Stale alternative texts of an image.

An image has one row for all languages, without drafts or translations. With each text of another language is
stored the text of the site's own language (LANGUAGE_CODE) from which it was written.
"""

from collections.abc import Collection, Mapping

from django.conf import settings

Texts = Mapping[str, str]
"""Texts by language code."""


def outdated(texts: Texts, sources: Texts) -> set[str]:
    """Return the codes of the languages whose text is stale, written from another text than the present one.
    `sources` are the texts from which they were written; a text without a source is not stale."""
    now = texts.get(settings.LANGUAGE_CODE, "")
    return {code for code, text in texts.items() if text and sources.get(code, now) != now}


def sources_after(before: Texts, sources: Texts, after: Texts, confirmed: Collection[str] = ()) -> dict[str, str]:
    """Return by language code the source text of each text in `after`, but for the site's own language and empty
    sources.

    New or changed texts, and those of the languages in `confirmed`, which somebody has checked and left as they
    are, have the new source text. Others keep theirs from `sources`, or get the source text of `before` if none
    was stored.
    """
    old, new = (texts.get(settings.LANGUAGE_CODE, "") for texts in (before, after))
    found = {}
    for code, text in after.items():
        if code == settings.LANGUAGE_CODE or not text:
            continue
        is_new = code in confirmed or text != before.get(code)
        if source := new if is_new else sources.get(code, old):
            found[code] = source
    return found
