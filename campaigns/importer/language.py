"""Recognition of the language of a text by its alphabet, letters and most frequent words."""

import re

from campaigns.importer.vocabulary import word_set

OTHER = "other"
MOST_LETTERS = 50_000
ALMOST_ALL = 0.7
FEWEST_WORDS = 4
FEWEST_WORDS_TO_MISS_COMMON_ONES = 12

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_ALPHABETS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u024f]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Arabic": re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"),
}
_ALPHABET_OF = {"en": "Latin", "ru": "Cyrillic", "tg": "Cyrillic", "fa-af": "Arabic"}

_ENGLISH = word_set(
    """
    the of and to in a is was were for on with that by from at are as it its their they have has had not be been
    this these who will would can said says he she his her we our you your but which or into after when about more
    all i an no if so
    """
)
_OF_OTHERS_IN_LATIN = word_set(
    """
    le la les des du de et une est dans pour que qui sur avec au aux ont sont elle elles ils il nous vous pas ce
    cette ces leur leurs par a on en se plus mais été après
    el los las del y con una por como fue han más su sus lo e o os da do em não di che per non sono della gli i
    der die das und ist nicht mit von zu den dem ein eine für auf sie wir im was in an
    ve bir bu için ile olarak da çok va bilan uchun ham bo'ldi ular
    """
)
_WITHIN_NAMES = word_set("de la le les du des et del di da do dos von van der el al y e")
_ACCENTED = re.compile("[\u00df-\u00f6\u00f8-\u024f]")

_TAJIK_LETTERS = re.compile("[ғӣқӯҳҷ]")
_RUSSIAN_LETTERS = re.compile("[ыщць]")
_OF_OTHERS_IN_CYRILLIC = re.compile("[өүңәұһіїєґўћђљњџјѓќ]")
_TAJIK = word_set(
    """
    ва дар аз ба барои ки бо ин то он шуд шуданд буд буданд аст ҳаст хаст низ ё худ мо шумо онхо онҳо кард карданд
    гуфт гуфтанд дорад доранд рафт омад хеле хело ҳам хам ҳар хар чил чихил солаи хона хонаи мардум дигар пас баъд
    зан занон чавонон кӯдакон кудакон мактаб деха деҳа шахри маркази соли нест набуд шавад
    бошад кунад ҳангоми хангоми агар аллакай чунин яке акнун худи барои
    """
)
_TAJIK_ENDINGS = re.compile("анд$|[ҳх]о(?:и|ро)?$|[нш]ро$|худро$|[знб]ед$|^ме\\w+ад$|ааст$|^наме")
_RUSSIAN = word_set(
    """
    и в во на не что с со по для это как из от к о об за его её ее их был была было были мы они она он а но у до же
    так то все бы когда где или после при который которая которые года году через без под над чтобы очень уже есть
    я тот та те кто ждёт нет нём ней один только наш ваш свой её ещё здесь там тут потом теперь нужно можно
    """
)
_RUSSIAN_ENDINGS = re.compile(
    "(?:ая|ое|ые|ого|его|ому|ему|ться|ются|ится|ется|ился|илась|илось|ать|ить|еть|ами|ями|ают|уют|или|али|ели)$"
)
_PERSIAN_LETTERS = re.compile("[پچژگکی]")
_LETTERS_THAT_DARI_LACKS = re.compile("[ټډړږښڼېۍګٹڈڑںےةإ]")
_SHARE_OF_LACKING_LETTERS = 0.02
_FEWEST_LETTERS_TO_MISS_PERSIAN_ONES = 80


def language_of(text: str, expected: str) -> str:
    """Return the code of the text's language, or `OTHER` if it is not a language of the site. Return `expected`,
    the code of a language of the site, if nothing indicates another one, as with few words or mixed alphabets."""
    text = _ADDRESS.sub(" ", text[:MOST_LETTERS])
    counts = {name: len(letters.findall(text)) for name, letters in _ALPHABETS.items()}
    alphabet, most = max(counts.items(), key=lambda each: each[1])
    if not most or most < ALMOST_ALL * sum(counts.values()):
        return expected
    is_alphabet_right = alphabet == _ALPHABET_OF.get(expected, alphabet)
    words = _WORD.findall(text)
    if alphabet == "Arabic":
        return _in_arabic(text, most)
    if alphabet == "Cyrillic":
        return _in_cyrillic(words) or (expected if is_alphabet_right else OTHER)
    if len(words) < FEWEST_WORDS:
        return expected
    return _in_latin(words, is_alphabet_right) or expected


def _in_arabic(text: str, letters: int) -> str:
    lacking = len(_LETTERS_THAT_DARI_LACKS.findall(text))
    if lacking >= max(2, _SHARE_OF_LACKING_LETTERS * letters):
        return OTHER
    is_long = letters >= _FEWEST_LETTERS_TO_MISS_PERSIAN_ONES
    return OTHER if is_long and not _PERSIAN_LETTERS.search(text) else "fa-af"


def _in_latin(words: list[str], is_expected: bool) -> str:
    """Return "en", `OTHER`, or "" if the language cannot be recognised, as in a list of names. `is_expected` says
    whether English is expected, which then decides where nothing indicates another language."""
    words = _without_particles(words)
    # Words in capitals may be acronyms, such as WHO; they count only if the whole text is in capitals.
    is_shouted = not any(map(str.islower, "".join(words)))
    small = [word.lower() for word in words if is_shouted or not word.isupper()]
    english = sum(word in _ENGLISH for word in small)
    others = sum(word in _OF_OTHERS_IN_LATIN for word in small) + sum(map(_is_accented, words))
    if others >= 2 and others > english:
        return OTHER
    if english > len(words) / FEWEST_WORDS_TO_MISS_COMMON_ONES and english > others:
        return "en"
    if sum(word[0].isupper() for word in words) * 2 > len(words):
        return ""
    if is_expected:
        return OTHER if len(words) >= FEWEST_WORDS_TO_MISS_COMMON_ONES and not english else "en"
    return "en" if english > others else OTHER


def _without_particles(words: list[str]) -> list[str]:
    """Return the words without the particles between capitalised words, which are parts of names: "Fonds de la
    Paix" can occur in any language."""
    kept: list[str] = []
    particles: list[str] = []
    for word in words:
        if word in _WITHIN_NAMES:
            particles.append(word)
            continue
        if not (kept and kept[-1][0].isupper() and word[0].isupper()):
            kept += particles
        kept.append(word)
        particles = []
    return kept + particles


def _is_accented(word: str) -> bool:
    """Return whether the word has accents and is in lower case. Names keep their accents in every language."""
    return word.islower() and bool(_ACCENTED.search(word))


def _in_cyrillic(words: list[str]) -> str:
    """Return "tg", "ru", `OTHER`, or "" if the language cannot be recognised. Tajik is often typed without its
    special letters, and a Russian text may have Tajik names."""
    tajik = sum(_evidence(word, _TAJIK, _TAJIK_LETTERS, _TAJIK_ENDINGS) for word in words)
    russian = sum(_evidence(word, _RUSSIAN, _RUSSIAN_LETTERS, _RUSSIAN_ENDINGS) for word in words)
    others = sum(bool(_OF_OTHERS_IN_CYRILLIC.search(word.lower())) for word in words)
    if others >= max(2, len(words) / FEWEST_WORDS_TO_MISS_COMMON_ONES):
        return OTHER
    if tajik > 2 * russian:
        return "tg"
    return "ru" if russian > 2 * tajik else ""


def _evidence(word: str, common: frozenset[str], letters: re.Pattern[str], endings: re.Pattern[str]) -> int:
    """Return the weight of a word as evidence for a language: 2 if it is common, or in lower case with special
    letters or a typical ending; 1 if it is capitalised and has special letters, because it may be a name; else
    0."""
    small = word.lower()
    if small in common:
        return 2
    if word.islower() and (letters.search(small) or endings.search(small)):
        return 2
    return int(bool(letters.search(small)))
