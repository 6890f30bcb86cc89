"""Repair of text that was decoded with a wrong encoding and saved: “â€œ” for a quotation mark, “Р”СѓС€Р°РЅР±Рµ”
for Душанбе."""

import codecs
import re

MOST_ROUNDS = 3
FEWEST_RUNS = 2

_RUN = re.compile(r"[^\x00-\x7f]+")
# Remains of a wrongly decoded letter of which some bytes are lost.
_REST = re.compile(
    r"â€|[ÃÂ][\u0080-\u00bf]|[ÐÑØÙ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?:[РС][°±µѓё№єѕїЃЂ‚„…†‡]){2}|\ufffd"
)


def repaired(text: str) -> tuple[str, bool]:
    """Return the text with UTF-8 that was decoded as Windows-1252 or Windows-1251 repaired, and whether it was
    changed.

    A run of letters is repaired only if all of it is valid UTF-8. In Windows-1251 a Russian word may be valid by
    chance: there, more than half of the runs of a line must be valid.
    """
    before = text
    for _round in range(MOST_ROUNDS):
        after = _RUN.sub(lambda run: _read_again(run.group(), "cp1252") or run.group(), text)
        after = "\n".join(map(_line_of_1251, after.split("\n")))
        if after == text:
            break
        text = after
    return text, text != before


def looks_damaged(text: str) -> bool:
    """Return whether the text has remains of wrongly decoded letters."""
    return bool(_REST.search(text))


def _line_of_1251(line: str) -> str:
    runs = _RUN.findall(line)
    readable = [run for run in runs if _read_again(run, "cp1251")]
    if len(readable) < FEWEST_RUNS or len(readable) * 2 <= len(runs):
        return line
    return _RUN.sub(lambda run: _read_again(run.group(), "cp1251") or run.group(), line)


def _read_again(run: str, encoding: str) -> str:
    """Return the run decoded as UTF-8; "" if it is not UTF-8 that was decoded with this encoding."""
    try:
        return b"".join(_byte(letter, encoding) for letter in run).decode("utf-8")
    except UnicodeError:
        return ""


def _byte(letter: str, encoding: str) -> bytes:
    # Bytes that the encoding does not define were decoded as control characters.
    if "\x80" <= letter <= "\x9f":
        return letter.encode("latin-1")
    return codecs.encode(letter, encoding)
