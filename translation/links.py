"""Links in a string are `<a id="a1">`, numbered within it; their addresses stand in the segment."""

import json
import re

LINK = re.compile(r'<a id="(?P<id>[^"]*)">(?P<text>.*?)</a>', re.DOTALL)


def renumbered(text: str, old_attrs: str, new_attrs: str) -> str:
    """The wording of an old source string with the numbers of the new one; a link that the new one lacks leaves
    its text behind."""
    old, new = addresses(old_attrs), addresses(new_attrs)
    numbers: dict[str, list[str]] = {}
    for number, address in new.items():
        numbers.setdefault(address, []).append(number)

    def replace(match: re.Match[str]) -> str:
        waiting = numbers.get(old.get(match["id"], ""), [])
        return f'<a id="{waiting.pop(0)}">{match["text"]}</a>' if waiting else match["text"]

    return LINK.sub(replace, text)


def addresses(attrs: str) -> dict[str, str]:
    """Number to attributes."""
    found = json.loads(attrs) if attrs else {}
    return {number: json.dumps(values, sort_keys=True) for number, values in (found or {}).items()}
