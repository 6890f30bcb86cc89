"""Patterns that find the names of things in running text, in any of the site's languages."""

import re

from campaigns.importer.roles import fold_letters

_CORE = re.compile(
    r"^(?:the\s)?(?:project|programme|проект|программа|лоиҳаи|барномаи)\s|\s(?:project|programme)$", re.IGNORECASE
)
_FEWEST_WORDS_OF_CORE = 3
# What an ending may add when Russian or Tajik decline a word.
_ENDING = r"\w{0,4}"
_YEAR = r"(?:20\d\d)?"


def fold(text: str) -> str:
    """For comparing; as long as the text itself, so that positions hold."""
    return fold_letters("".join(low if len(low := letter.lower()) == 1 else letter for letter in text))


def is_acronym(name: str) -> bool:
    return not name.startswith("#") and " " not in name and sum(letter.isupper() for letter in name) > 1


def acronym_pattern(name: str) -> re.Pattern[str]:
    """As it is written; in a hashtag in any letters."""
    name = re.escape(name)
    return re.compile(rf"(?<!\w)(?:{name}|#(?i:{name})){_YEAR}(?!\w)")


def name_pattern(name: str) -> re.Pattern[str] | None:
    """For folded text. None for a name without words."""
    words = re.findall(r"\w+", fold(name))
    if not words:
        return None
    is_hashtag = name.startswith("#")
    start, end = (r"(?<!\w)#", _YEAR) if is_hashtag else (r"(?<!\w)", "")
    alone = len(words) == 1
    return re.compile(start + r"\W{1,4}".join(_word(word, alone) for word in words) + end + r"(?!\w)")


def _word(word: str, alone: bool) -> str:
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
    """How many letters of a word stay whatever its case: день, дня; людьми, людей; молодёжи, молодёжью."""
    return {4: 1, 5: 3}.get(length, length - 3)


def variants(name: str) -> list[str]:
    """The name, and without its "Project" where what is left still says enough."""
    core = _CORE.sub("", name).strip(' «»“”"')
    return [name, core] if core != name and len(core.split()) >= _FEWEST_WORDS_OF_CORE else [name]
