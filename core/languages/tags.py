"""Languages as programs and people name them: prs, fa_AF, tgk, tg-Cyrl-TJ, ru_RU.UTF-8."""

import re
from dataclasses import dataclass

# ISO 639-2 and 639-3 where programs use them instead of the two letters, and Dari's own code.
_CODES = {
    "prs": ("fa", "af"),
    "pes": ("fa", "ir"),
    "fas": ("fa", ""),
    "per": ("fa", ""),
    "tgk": ("tg", ""),
    "rus": ("ru", ""),
    "eng": ("en", ""),
    "uzb": ("uz", ""),
    "kir": ("ky", ""),
    "kaz": ("kk", ""),
    "pus": ("ps", ""),
}
_REGION = re.compile(r"[a-z]{2}|\d{3}")


@dataclass(frozen=True)
class Tag:
    language: str
    region: str = ""
    """Empty where none is named."""


def tag_of(code: str) -> Tag:
    first, *rest = re.split("[-_]", re.split("[.@]", code.strip().lower())[0])
    language, region = _CODES.get(first, (first, ""))
    named = next((part for part in rest if _REGION.fullmatch(part)), "")
    return Tag(language, named or region)


def is_same(said: str, wanted: str) -> bool:
    """Whether `said`, in whatever spelling, names the language `wanted`. A region that `wanted` does not have is
    an addition of the program's."""
    one, other = tag_of(said), tag_of(wanted)
    return one.language == other.language and (not other.region or one.region == other.region)


def may_be_same(said: str, wanted: str) -> bool:
    """Whether a person has to say if it is: Persian for Dari, which few programs know."""
    return tag_of(said).language == tag_of(wanted).language
