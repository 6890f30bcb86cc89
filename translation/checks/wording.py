"""Advisory checks of the words of a text, and of the letters that they are written with. All take the source
and the text as readers see them, without tags, and the code of the text's language."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from translation.checks.exchanged import exchanged
from translation.checks.finding import Code, Finding
from translation.checks.numbers import Difference, compared

# Without a scheme, addresses of common domains only: a full stop may stand between two words, too.
_IN_URL = r"[^\s<>«»“”\"\u0400-\u04ff\u0600-\u06ff]"
_HOST = (
    r"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+"
    r"(?:com|org|net|int|edu|gov|info|example|tj|af|ru|uz|kg|kz|eu|uk|ch|io|me)(?![a-z0-9_@]|[-.][a-z0-9])"
)
URL = re.compile(rf"(?:https?://|www\.){_IN_URL}+|{_HOST}(?:[/?#]{_IN_URL}*)?", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# {{ name }} and {% tag %}, {name}, {0:,} and ${name}, %(name)s and %(share).1f, %s and %1$s.
PLACEHOLDER = re.compile(
    r"\{\{[^{}]+\}\}|\{%[^{}]+%\}|\$?\{(?:[^\W\d][\w.]*|\d*)(?:![rsa])?(?::[^{}\s]*)?\}"
    r"|%\(\w+\)[-+#0 ]*\d*(?:\.\d+)?[a-zA-Z]|(?<!\d)%(?:\d+\$)?[sd]\b"
)
# A page of the same site in another language.
LANGUAGE_IN_URL = re.compile(r"/(?:en|ru|tg|fa|fa-af|prs)(?=/|$)|\blang=[\w-]+")
HASHTAG = re.compile(r"[#@]\w+")
LETTERS = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u200c'’-])*")
# Latin letters that a Cyrillic one looks like.
LOOK_ALIKES = set("ABCEHIKMOPTXYaceiopxy")
# Such a letter that is a word between Cyrillic ones: “домой c ним”; a capital where a sentence begins.
ALONE = re.compile(
    r"(?:(?<=[\u0400-\u04ff]\s)|(?<=[,;:»)]\s))[ackoy](?=\s[«„“]?[\u0400-\u04ff])|"
    r"(?:^|(?<=[.!?…:–—-]\s)|(?<=[«„“]))[ABCKOY](?=\s[«„“]?[\u0400-\u04ff])"
)
SCRIPTS = {"Latin": ("A", "\u024f"), "Cyrillic": ("\u0400", "\u052f"), "Arabic": ("\u0600", "\u06ff")}
END_MARKS = {"؟": "?", "۔": ".", "؛": ";", "،": ",", "。": ".", "!": "!", "…": "…"}
CLOSING = "»”“\"'’)]›„’\u200f\u200e\u2069 \u00a0\u202f"
ASCII_MARKS = re.compile(r"[\u0600-\u06ff]\s?[?,;](?!\d)")
# Full stops of these belong to the word.
SHORTENED = re.compile(
    r"(?:\b(?:гг?|тыс|ҳаз|млн|млрд|др|проч|обл|руб|экз|чел|ҷ|ва ғ|дақ|etc|inc|ltd|jr|e\.g|[ap]\.m|u\.s|u\.n|"
    r"jan|feb|aug|sept|oct|nov|dec)|"
    r"т\.\s?[дпке]|\b(?-i:[A-ZА-ЯӢҚӮҲҶҒ]))\.$",
    re.IGNORECASE,
)
# Words that are written twice on purpose.
REDOUBLED = set(
    "very had that so bye no да нет очень еле чуть вот ҳа не як кам паст зуд тез оҳиста гоҳ баъзе ҷо даста дона "
    "баланд хеле کم یک یکی گاه زود تک آرام آهسته چند جا دسته پاره قدم بسیار ذره بار تند گروه خیلی لحظه".split()
)


def wording(source: str, text: str, language: str) -> Iterator[Finding]:
    """Yield what all checks of this module find."""
    for check in (figures, addresses, placeholders, unchanged, punctuation, doubled, scripts):
        yield from check(source, text, language)


def figures(source: str, text: str, language: str) -> Iterator[Finding]:
    """Yield findings on figures, telephone numbers and dates: blocking where both texts have some and differ."""
    texts = without_addresses(source), without_addresses(text)
    found = compared(*texts)
    for digits in (found.digits, found.doubtful):
        if digits.missing:
            yield _differs(Code.FIGURES, _("Numbers missing: %(figures)s."), digits.missing, digits)
        if digits.added:
            yield _differs(Code.FIGURES, _("Numbers not in the source: %(figures)s."), digits.added, digits)
    if not (found.digits.missing or found.digits.added) and (others := exchanged(*texts)):
        yield Finding(Code.FIGURES, _("Numbers may be exchanged: %(figures)s.") % {"figures": ", ".join(others)})
    telephones = found.telephones
    if telephones.missing:
        message = _("Telephone numbers missing: %(figures)s.")
        yield _differs(Code.TELEPHONES, message, telephones.missing, telephones)
    elif telephones.added:
        message = _("Telephone numbers not in the source: %(figures)s.")
        yield _differs(Code.TELEPHONES, message, telephones.added, telephones)
    for months in (found.months, found.doubtful_months):
        if months.missing:
            yield _differs(Code.DATES, _("A month differs from the source: %(figures)s."), months.missing, months)


def _differs(code: Code, message: str, written: list[str], difference: Difference) -> Finding:
    return Finding(code, message % {"figures": ", ".join(written)}, difference.in_both)


def without_addresses(text: str) -> str:
    """Return a text without what is no language: web and email addresses, placeholders."""
    for pattern in (URL, EMAIL, PLACEHOLDER):
        text = pattern.sub(" ", text)
    return text


def without_names(text: str) -> str:
    """Return a text without what is not translated: addresses, placeholders, names of accounts and hashtags."""
    return HASHTAG.sub(" ", without_addresses(text))


def addresses(source: str, text: str, language: str) -> Iterator[Finding]:
    if _urls(source) != _urls(text):
        yield Finding(Code.URLS, _("A web address is missing or different."))
    if _emails(source) != _emails(text):
        yield Finding(Code.EMAILS, _("An email address is missing or different."))


def _urls(text: str) -> set[str]:
    """Return the web addresses as far as they have to be the same: without scheme and language, hosts in small
    letters."""
    hosts_and_rest = (
        re.sub("^https?://", "", url, flags=re.IGNORECASE).partition("/") for url in URL.findall(text)
    )
    found = (host.lower().removeprefix("www.") + slash + rest for host, slash, rest in hosts_and_rest)
    return {LANGUAGE_IN_URL.sub("", url.rstrip(".,;:!?)]»،؛؟/-")) for url in found}


def _emails(text: str) -> set[str]:
    return {email.lower().rstrip(".") for email in EMAIL.findall(text)}


def placeholders(source: str, text: str, language: str) -> Iterator[Finding]:
    there, here = _placeholders(source), _placeholders(text)
    if there != here:
        shown = min((there - here) or (here - there))
        message = _("A placeholder such as %(shown)s is missing or different.") % {"shown": shown}
        yield Finding(Code.PLACEHOLDERS, message)


def _placeholders(text: str) -> Counter[str]:
    """Return how often each placeholder stands in a text, {{name}} written as {{ name }}."""
    found = (re.sub(r"\s+", "", each) for each in PLACEHOLDER.findall(text))
    return Counter(re.sub(r"^\{\{(.+)\}\}$", r"{{ \1 }}", each) for each in found)


def unchanged(source: str, text: str, language: str) -> Iterator[Finding]:
    """Yield a finding if the text is the same as the source, apart from spaces, although it has words to
    translate. Addresses, codes, abbreviations and names of products are none."""
    if source.split() == text.split() and any(_is_word(word) for word in LETTERS.findall(without_names(text))):
        yield Finding(Code.UNCHANGED, _("The text is the same as the source."))


def _is_word(word: str) -> bool:
    """Return whether letters are a word: not “IOM”, “WhatsApp” or a single letter."""
    return len(word) > 1 and not any(letter.isupper() for letter in word[1:])


def punctuation(source: str, text: str, language: str) -> Iterator[Finding]:
    if source.strip() and text.strip() and not _ends(source) & _ends(text):
        yield Finding(Code.PUNCTUATION, _("The final punctuation mark differs from the source."))
    if language.startswith("fa") and ASCII_MARKS.search(without_addresses(text)):
        yield Finding(Code.PUNCTUATION, _("Use the marks ، ؛ ؟ in place of , ; ?"))


def _ends(text: str) -> set[str]:
    """Return the final mark, the same for all scripts, without quotation marks and brackets around it; empty for
    none. The full stop of a shortened word may be both."""
    text = text.rstrip(CLOSING)
    if not text or SHORTENED.search(text):
        return {"", "."}
    if text.endswith("..."):
        return {"…"}
    mark = END_MARKS.get(text[-1], text[-1])
    return {mark if mark in ".?!…:;," else ""}


def doubled(source: str, text: str, language: str) -> Iterator[Finding]:
    """Yield a finding if a word stands twice, unless it does on purpose or the source has such a word, too."""
    if _doubled(text) and not _doubled(source):
        yield Finding(Code.DOUBLED, _("A word is repeated."))


def _doubled(text: str) -> bool:
    words = list(WORD.finditer(text))
    return any(
        one[0].casefold() == other[0].casefold()
        and text[one.end() : other.start()].isspace()
        and one[0].casefold() not in REDOUBLED
        and not one[0].isdecimal()
        for one, other in pairwise(words)
    )


def scripts(source: str, text: str, language: str) -> Iterator[Finding]:
    """Yield a blocking finding if a word mixes letters of two scripts. Parts with a hyphen between them
    are words of their own, and an abbreviation may have an ending: “SMSка”. A Latin letter that is a word of a
    Cyrillic text is one, too, unless the source has it: “item c”."""
    mixed = [word for word in LETTERS.findall(without_addresses(text)) if _is_mixed(word)]
    if alone := set(ALONE.findall(text)) - (set(LETTERS.findall(source)) - {"a", "A"}):
        message = _("A Latin letter in place of a Cyrillic one: %(words)s.")
        yield Finding(Code.SCRIPTS, message % {"words": ", ".join(sorted(alone))}, True)
    if mixed:
        message = _("A word has letters of two scripts: %(words)s.") % {"words": ", ".join(mixed)}
        yield Finding(Code.SCRIPTS, message, True)


def _is_mixed(word: str) -> bool:
    if word.isascii() or len({_script(letter) for letter in word} - {""}) < 2:
        return False
    abbreviation = re.match(r"[A-Z]{2,}", word)
    ending = word[abbreviation.end() :] if abbreviation else ""
    is_ending = ending.islower() and not re.search("[a-z]", ending)
    return not (abbreviation and is_ending and set(abbreviation[0]) - LOOK_ALIKES)


def _script(letter: str) -> str:
    return next((name for name, (first, last) in SCRIPTS.items() if first <= letter <= last), "")


def spaces(source: str, text: str) -> Iterator[Finding]:
    """Yield a finding if white space at the beginning or end differs. Both are as they are stored."""
    if _edges(source) != _edges(text):
        yield Finding(Code.SPACES, _("Spaces at the beginning or end differ from the source."))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
