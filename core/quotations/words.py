"""The words of a passage, as they are compared: without marks, capitals and what cannot be seen."""

import re
import unicodedata

# Soft hyphens, zero-width spaces, direction and variation marks: a word or a mark may be split by them unseen.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]"
)
_JOINERS = re.compile("[\u200c\u200d]")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\u200c\u200d][^\W_]+)*")
_FOLDED = str.maketrans("ғӣқӯҳҷёўйي" + "كۀؤ", "гикухчеуйی" + "که" + "و")
# Of each word the vowel signs and the accents of Arabic script.
_SIGNS = re.compile("[\u064b-\u065f\u0670]")


def visible(text: str) -> str:
    """Return a text without characters that nobody sees; the joiners of Dari stay where they join letters."""
    text = _INVISIBLE.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = re.sub("(?<!\\w)[\u200c\u200d]+|[\u200c\u200d]+(?!\\w)", "", text)
    return text


def fold(text: str) -> str:
    """Return a text for comparing with the words of `core.quotations.speech`."""
    text = unicodedata.normalize("NFKC", text).lower()
    return _SIGNS.sub("", _JOINERS.sub(" ", text)).translate(_FOLDED)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def bare_words(text: str) -> str:
    """Return the words of a passage with single spaces: what stays the same when only marks or capitals change."""
    text = unicodedata.normalize("NFKC", visible(text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", _JOINERS.sub("", text)))
