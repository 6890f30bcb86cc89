"""Comparison of language tags in various spellings: prs, fa_AF, tgk, tg-Cyrl-TJ, ru_RU.UTF-8."""

import re
from dataclasses import dataclass

# ISO 639-2 and 639-3 codes with their language in ISO 639-1 and, for codes of one country's variant, the region.
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
    """The language and region of a language tag; `region` is empty if there is none."""

    language: str
    region: str = ""


def tag_of(code: str) -> Tag:
    """Return language and region of a code in any spelling: ISO 639-1 or 639-2, with hyphens or underscores, in
    any case. A script or an encoding in it is ignored."""
    first, *rest = re.split("[-_]", re.split("[.@]", code.strip().lower())[0])
    language, region = _CODES.get(first, (first, ""))
    named = next((part for part in rest if _REGION.fullmatch(part)), "")
    return Tag(language, named or region)


def is_same(said: str, wanted: str) -> bool:
    """Return whether `said`, in any spelling, names the language `wanted`. A region is compared only if `wanted`
    has one."""
    one, other = tag_of(said), tag_of(wanted)
    return one.language == other.language and (not other.region or one.region == other.region)


def may_be_same(said: str, wanted: str) -> bool:
    """Return whether `said` may mean the language `wanted`, so that a person has to decide: Persian without a
    region for Dari, which few programs know."""
    return tag_of(said).language == tag_of(wanted).language
