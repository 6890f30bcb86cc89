"""Links in the strings of wagtail-localize: `<a id="a1">`, numbered within the string, with their attributes in
the segment."""

import json
import re

LINK = re.compile(r'<a id="(?P<id>[^"]*)">(?P<text>.*?)</a>', re.DOTALL)


def renumbered(text: str, old_attrs: str, new_attrs: str) -> str:
    """Return a text that translates an old source string with the link numbers of the new one, matched by
    attributes, which are JSON by link number. A link that the new string lacks is replaced by its text."""
    old, new = addresses(old_attrs), addresses(new_attrs)
    numbers: dict[str, list[str]] = {}
    for number, address in new.items():
        numbers.setdefault(address, []).append(number)

    def replace(match: re.Match[str]) -> str:
        waiting = numbers.get(old.get(match["id"], ""), [])
        return f'<a id="{waiting.pop(0)}">{match["text"]}</a>' if waiting else match["text"]

    return LINK.sub(replace, text)


def addresses(attrs: str) -> dict[str, str]:
    """Return the attributes of links as JSON with sorted keys, by link number; empty if `attrs` is."""
    found = json.loads(attrs) if attrs else {}
    return {number: json.dumps(values, sort_keys=True) for number, values in (found or {}).items()}
