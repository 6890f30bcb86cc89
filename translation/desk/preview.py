"""The preview of the desk: the page as readers would see it with the draft texts, each of which names the unit
that it belongs to.

Before the page is rendered, each text is put between marks of characters for private use, with the number of its
segment, or “i” and the number of the image whose alternative text it is. In the HTML, the marks become elements
and attributes; where there can be none, such as in the title of the document, they are removed."""

import re
from collections.abc import Iterator

from wagtail_localize.models import Translation

from core.drafts_drawn import Drafts
from core.languages.site_languages import Words
from core.typed import Translatable
from translation.campaign_contents.belonging import portion_with
from translation.localize.rendering import marked_instance, marked_texts
from translation.models import AltTextDraft

START, MIDDLE, END = "\ue000", "\ue001", "\ue002"
DIGITS = "\ue010\ue011\ue012\ue013\ue014\ue015\ue016\ue017\ue018\ue019\ue01a"
_TO_DIGITS = str.maketrans("0123456789i", DIGITS)
_FROM_DIGITS = str.maketrans(DIGITS, "0123456789i")
_NUMBER = rf"{START}([{DIGITS}]+){MIDDLE}"
_PAIR = re.compile(rf"{_NUMBER}((?:(?!{START}).)*?){END}", re.DOTALL)
_OPENING = re.compile(_NUMBER)
_MARKS = re.compile(rf"{_NUMBER}|[{START}{MIDDLE}{END}{DIGITS}]|\\u[eE]0(?:0[0-2]|1[0-9aA])")
# Elements whose content is text only, comments, and tags.
_NO_TEXT = re.compile(
    r"<(script|style|title|textarea|option)\b.*?</\1\s*>|<!--.*?-->|<[a-zA-Z/!](?:\"[^\"]*\"|'[^']*'|[^'\">])*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG_NAMES = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "cite",
    "code",
    "em",
    "i",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
}


def marked(text: str, number: int | str) -> str:
    """Return a text between the marks of a segment's number; an empty one as it is."""
    if not text:
        return ""
    return f"{START}{str(number).translate(_TO_DIGITS)}{MIDDLE}{text}{END}"


def woven(html: str) -> str:
    """Return HTML with elements `<span data-seg>` in place of marks in texts, and attributes `data-seg-attr` at
    the elements that have marks in attributes. All other marks are removed."""
    return _MARKS.sub("", _PAIR.sub(_as_element, _NO_TEXT.sub(_without_text, html)))


def _without_text(match: re.Match[str]) -> str:
    piece = match[0]
    numbers = " ".join(dict.fromkeys(_numbers(piece)))
    clean = _MARKS.sub("", piece) if numbers or "\\u" in piece else piece
    if not numbers or match[1] or piece.startswith(("</", "<!")):
        return clean
    end = "/>" if clean.endswith("/>") else ">"
    return f'{clean[: -len(end)].rstrip()} data-seg-attr="{numbers}"{end}'


def _numbers(text: str) -> Iterator[str]:
    for match in _OPENING.finditer(text):
        yield match[1].translate(_FROM_DIGITS)


def _as_element(match: re.Match[str]) -> str:
    number, text = match[1].translate(_FROM_DIGITS), match[2]
    if not {name.lower() for name in _TAG_NAMES.findall(text)} <= _INLINE:
        return text
    return f'<span data-seg="{number}">{text}</span>'


def preview_instance(translation: Translation) -> Translatable:
    """Return the translated object with marked draft texts, for rendering only."""
    return marked_instance(translation, lambda number, text: marked(text, number))


def drafts_of(translation: Translation, number: int = 1) -> Drafts:
    """Return the marked draft texts of the portion with this number of what belongs to the translated object, and
    of the images (three queries)."""
    locale = translation.target_locale
    together = portion_with(translation.source.object_id, locale.language_code, number)
    others = [each for each in together if each.pk != translation.pk]
    texts = marked_texts(others, locale.pk, lambda number, text: marked(text, number))
    alt_texts = dict(AltTextDraft.objects.filter(locale=locale).values_list("image_id", "text"))

    def alt_words(image: int, words: Words) -> Words:
        draft = alt_texts.get(image)
        words = Words(code=locale.language_code, text=draft) if draft else words
        return Words(code=words.code, text=marked(words.text, f"i{image}"))

    fields = {key: {**of_key, "locale_id": locale.pk} for key, of_key in texts.items()}
    return Drafts(locale.language_code, fields, alt_words)
