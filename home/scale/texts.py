"""Texts of the stories, made of the sentences in texts.toml."""

import tomllib
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

PARAGRAPHS, SENTENCES = 4, 4


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


def phrase(code: str, name: str, number: int) -> str:
    """Return the text of this name in a language, with the number of the story in it."""
    return str(_texts()[code][name]).format(number=number)


def title(code: str, number: int) -> str:
    events = _texts()[code]["events"]
    return f"{events[number % len(events)]} {number}"


def summary(code: str, number: int) -> str:
    """Return the first sentence of the body."""
    return _sentences(code, number)[0]


def body(code: str, number: int, types: list[str]) -> list[dict[str, Any]]:
    """Return the body of a story as it is stored: text, and blocks of these types, which show the material that
    comes from the story. The ids are the same in each language."""
    sentences, dice = _sentences(code, number), Random(number)
    paragraphs = [sentences[start : start + SENTENCES] for start in range(0, len(sentences), SENTENCES)]
    html = "".join(
        f'<p data-block-key="{place:05}">{escape(" ".join(paragraph), quote=False)}</p>'
        for place, paragraph in enumerate(paragraphs)
    )
    blocks: list[tuple[str, Any]] = [("rich_text", html)]
    blocks += [(kind, {"heading": "", "limit": 3, "picks": [], "only_picked": False}) for kind in types]
    return [
        {"type": name, "value": value, "id": str(UUID(int=dice.getrandbits(128), version=4))}
        for name, value in blocks
    ]


def _sentences(code: str, number: int) -> list[str]:
    return Random(number).choices(_texts()[code]["sentences"], k=PARAGRAPHS * SENTENCES)
