"""Regular expressions that find names in running text, in any language of the site."""

import re

from campaigns.importer.roles import fold_letters

_CORE = re.compile(
    r"^(?:the\s)?(?:project|programme|проект|программа|лоиҳаи|барномаи)\s|\s(?:project|programme)$", re.IGNORECASE
)
_FEWEST_WORDS_OF_CORE = 3
# The letters that declension may add in Russian or Tajik.
_ENDING = r"\w{0,4}"
_YEAR = r"(?:20\d\d)?"


def fold(text: str) -> str:
    """Return the text in lower case and with Tajik letters replaced, for comparison. The length does not change,
    so that positions stay valid."""
    return fold_letters("".join(low if len(low := letter.lower()) == 1 else letter for letter in text))


def is_acronym(name: str) -> bool:
    """Return whether the name is a single word with at least two capitals and not a hashtag."""
    return not name.startswith("#") and " " not in name and sum(letter.isupper() for letter in name) > 1


def acronym_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of an acronym: as it is written, or as a hashtag in whatever case. A year may follow
    without a space."""
    name = re.escape(name)
    return re.compile(rf"(?<!\w)(?:{name}|#(?i:{name})){_YEAR}(?!\w)")


def name_pattern(name: str) -> re.Pattern[str] | None:
    """Return the pattern of a name in folded text (see `fold`), which allows endings of declension and the plural;
    None for a name without words. A hashtag may have a year at its end."""
    words = re.findall(r"\w+", fold(name))
    if not words:
        return None
    is_hashtag = name.startswith("#")
    start, end = (r"(?<!\w)#", _YEAR) if is_hashtag else (r"(?<!\w)", "")
    alone = len(words) == 1
    return re.compile(start + r"\W{1,4}".join(_word(word, alone) for word in words) + end + r"(?!\w)")


def _word(word: str, alone: bool) -> str:
    """Return the pattern of a folded word with the endings it may have: in Cyrillic those of declension, fewer for
    a name of one word (`alone`), and none for short words; in other scripts a plural "s" for words of four letters
    or more."""
    if not re.search("[а-я]", word):
        return (
            re.escape(word.removesuffix("s")) + "s?" if len(word) > 3 and not word.isdigit() else re.escape(word)
        )
    if len(word) < 4 or (alone and len(word) < 6):
        return re.escape(word)
    if alone:
        return re.escape(word[:-2]) + r"\w{0,3}"
    return re.escape(word[: _kept(len(word))]) + _ENDING


def _kept(length: int) -> int:
    """Return how many letters of a word of this length stay the same in all grammatical cases: день, дня; людьми,
    людей; молодёжи, молодёжью."""
    return {4: 1, 5: 3}.get(length, length - 3)


def variants(name: str) -> list[str]:
    """Return the name and, if at least three words remain, also the name without a word such as "Project"."""
    core = _CORE.sub("", name).strip(' «»“”"')
    return [name, core] if core != name and len(core.split()) >= _FEWEST_WORDS_OF_CORE else [name]
