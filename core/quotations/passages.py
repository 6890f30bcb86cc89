"""Recognition of passages in a text of several paragraphs: a sentence or more in quotation marks, or a line of a
dialogue with dashes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.quotations.attribution import is_age_in, whose
from core.quotations.judging import CONTEXT, Words, is_certain, is_passage
from core.quotations.marks import Marks, Quoted, emphasised, read_marks, starts_with_opening
from core.quotations.persons import is_first_person, is_narrative
from core.quotations.speech import has_finite_verb, has_speech
from core.quotations.words import bare_words, fold, visible, words_of

FARTHEST = 20
"""The number of following paragraphs in which the closing mark of a quotation is looked for."""
LONGEST_UNOPENED = 1_000
"""The number of characters before a closing mark without an opening mark that are read as quoted."""
MOST_JUDGED = 2_000
"""The number of quotations that are classified one by one, see `Judge`."""

_HYPHENS = "-‐‑֊᠆−⁃﹣－➖"
_BULLETS = f"{_HYPHENS}•·‣◦▪●○∙*>~|→➔➜➤►▸▶"
# A hyphen directly before a word begins a line of a dialogue, as a dash does; before a number it is a minus sign,
# before a space it begins a list item.
_DASH = re.compile(
    rf"^\s*(?P<dash>[—–―‒⸺⸻﹘〜〰︱︲]+|[{_HYPHENS}]{{1,3}}(?=[^\W\d_]|[«“\"‘„])|[{_BULLETS}]{{1,3}}(?=\s))\s*(?=\S)"
)
_DASH_INSIDE = re.compile(r"(?<=:)\s*[—–―﹘-]\s*(?=[^\W\d_]|[«“\"])")
_SPEAKER = re.compile(r"^([^.!?؟]{2,60}?)(?::|\s[—–―-])\s+(?=[^\W\d_])")
_NOTICE = re.compile(
    r"\d|(?<!\w)(?:open|closed|office|registration|reception|free|helpline|desk|desks"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|регистраци\w*|прием\w*|лини[яию]\w*|консультац\w*|бесплатн\w*"
    r"|понедельник\w*|вторник\w*|сред[уыа]м?|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*"
    r"|кабул\w*|машварат\w*|ройгон|хати боварй|(?:ду|се|чор|пан[чҷ])?шанбе\w*|чумъа\w*|бакайдгир\w*"
    r"|قبول|مشوره|رایگان|خط|ثبت|(?:دو|سه|چهار|پنج)? ?شنبه|جمعه)(?!\w)"
)
_INNER_CLAUSE = re.compile(r"[,!?….؟،][\"'”’»]?\s*[—–―-]{1,2}\s*([^,.!?…—–]{2,80})")
_SAID = re.compile(r"[,،]\s*([^,.!?…،]{2,60})")
_ENDS = re.compile(r"[.!?…؟][\"'”’»)]*$")


@dataclass(frozen=True)
class Passage:
    """Quoted words of a sentence or more, which somebody may have said or written."""

    text: str
    paragraph: int
    """Index of the paragraph in which the passage begins."""
    certain: bool = True
    """Whether the words are a passage for other reasons than their length."""
    whose: str = ""
    """The words around the passage in its sentence, see `attribution.whose`."""

    @property
    def words(self) -> str:
        """Return the words without punctuation and capital letters."""
        return bare_words(self.text)


@dataclass(frozen=True)
class Reading:
    """The passages of a text, and the number of quotations of any kind by the paragraph in which they begin."""

    passages: list[Passage]
    quotations: dict[int, int]


class Judge:
    """A callable that returns whether quotations are passages, as `is_passage`. After `MOST_JUDGED` of them, more
    than honest texts hold, all quotations of three words or more are passages, so that a hostile text takes no
    more time."""

    def __init__(self) -> None:
        self.judged = 0

    def __call__(self, words: Words) -> bool:
        self.judged += 1
        return words.count > 2 if self.is_tired else is_passage(words)

    @property
    def is_tired(self) -> bool:
        """Return whether quotations are no longer classified one by one."""
        return self.judged > MOST_JUDGED


def find_passages(paragraphs: Sequence[str]) -> list[Passage]:
    """Return the passages in consecutive paragraphs."""
    return read(paragraphs).passages


def read(paragraphs: Sequence[str]) -> Reading:
    """Return the passages in consecutive paragraphs, and the number of quotations in each that are in no other
    one. A quotation that is not closed in its paragraph may end in one of the next FARTHEST. Never raises."""
    texts = [visible(paragraph) for paragraph in paragraphs]
    marks = [read_marks(text) for text in texts]
    found: list[Passage] = []
    counts: dict[int, int] = {}
    covered: dict[int, int] = {}
    judge = Judge()
    for number, text in enumerate(texts):
        if not text.strip():
            continue
        counts[number] = len([quoted for quoted in marks[number].quoted if quoted.depth == 0])
        reached = covered.get(number, 0)
        of_paragraph, last = _quoted_in(texts, marks, number, reached, judge)
        if last is not None:
            covered.update({between: len(texts[between]) for between in range(number + 1, last[0])})
            covered[last[0]] = max(covered.get(last[0], 0), last[1])
        if not of_paragraph and not reached:
            of_paragraph = _spoken_in(texts, number)
        found += of_paragraph
    return Reading(found, counts)


def _quoted_in(
    texts: Sequence[str], marks: Sequence[Marks], number: int, reached: int, judge: "Judge"
) -> tuple[list[Passage], tuple[int, int] | None]:
    """Return the passages that begin in a paragraph, and how far the last of them reaches into a later paragraph:
    its index and the index after the closing mark. `reached` is the index up to which an earlier passage
    reaches."""
    text = texts[number]
    found: list[Passage] = []
    last: tuple[int, int] | None = None
    for quoted in marks[number].quoted:
        if quoted.start < reached:
            continue
        words, closing = _words_of(texts, marks, number, quoted)
        if judge(words):
            found.append(Passage(words.text, number, is_certain(words), whose(words.before, words.after)))
            reached = quoted.end
            last = closing or last
    for quoted in emphasised(text):
        words, _closing = _words_of(texts, marks, number, quoted)
        if quoted.start >= reached and words.is_first_person and judge(words):
            found.append(Passage(words.text, number, whose=whose(words.before, words.after)))
    for _family, start, end in marks[number].loose:
        words = Words(
            text[max(reached, start - LONGEST_UNOPENED) : start].strip(), after=text[end : end + CONTEXT]
        )
        if start > reached and judge(words) and (judge.is_tired or _is_surely_said(words)):
            found.append(Passage(words.text, number, whose=whose("", words.after)))
            reached = end
    return found, last


def _is_surely_said(words: Words) -> bool:
    """Return whether words without an opening mark are clearly speech: attributed, or a sentence in the first
    person."""
    return words.is_attributed or (words.is_first_person and words.ends)


def _words_of(
    texts: Sequence[str], marks: Sequence[Marks], number: int, quoted: Quoted
) -> tuple[Words, tuple[int, int] | None]:
    """Return the words of a quotation with their context, which is the paragraph before if that ends with a colon
    and nothing else precedes. If the quotation ends in a later paragraph, also return the index of that paragraph
    and the index after the closing mark in it; otherwise None."""
    text = texts[number]
    before = text[max(0, quoted.start - CONTEXT) : quoted.start]
    if not before.strip() and number and texts[number - 1].rstrip().endswith(":"):
        before = texts[number - 1][-CONTEXT:]
    words = Words(quoted.text, before, text[quoted.end : quoted.end + CONTEXT], quoted.closed)
    if quoted.closed:
        return words, None
    if (end := _end_of_unclosed(texts, marks, number, quoted.family)) is None:
        return words, None
    last, start_of_mark, after = end
    whole = [quoted.text, *texts[number + 1 : last], texts[last][:start_of_mark]]
    joined = replace(
        words, text=" ".join(part.strip() for part in whole), after=texts[last][after : after + CONTEXT]
    )
    return joined, (last, after)


def _end_of_unclosed(
    texts: Sequence[str], marks: Sequence[Marks], number: int, family: str
) -> tuple[int, int, int] | None:
    """Return the index of the paragraph, one of the next FARTHEST, in which a quotation ends that is not closed in
    its own, with start and end of the closing mark of the same family; None if it is not closed. The paragraphs in
    between may repeat the opening mark."""
    for at in range(number + 1, min(len(texts), number + 1 + FARTHEST)):
        first = next(iter(marks[at].quoted), None)
        if (
            first
            and first.family == family
            and starts_with_opening(texts[at].lstrip())
            and not texts[at][: first.start].strip()
        ):
            if first.closed:
                return at, first.end - 1, first.end
            continue
        closing = next((mark for mark in marks[at].loose if mark[0] == family), None)
        if closing:
            return at, closing[1], closing[2]
        if any(quoted.family == family and not quoted.closed for quoted in marks[at].quoted):
            return None
    return None


def _spoken_in(texts: Sequence[str], number: int) -> list[Passage]:
    """Return the passage in a paragraph that is a line of a dialogue, as a list; empty if it is none. A dash
    begins such a line, at the start or after a colon, or a speaker whose age is given: — Меня продали, — сказала
    она."""
    text = texts[number]
    if (inside := _DASH_INSIDE.search(text)) and _is_spoken(text[inside.end() :], alone=True):
        return [Passage(text[inside.end() :].strip(), number)]
    speaker = _SPEAKER.match(text)
    if speaker and is_age_in(speaker[1]) and _is_spoken(text[speaker.end() :], alone=True):
        return [Passage(text[speaker.end() :].strip(), number, whose=bare_words(speaker[1]))]
    dash = _DASH.match(text)
    if not dash:
        return []
    line = text[dash.end() :].strip()
    neighbours = [
        texts[at][beside.end() :]
        for at in (number - 1, number + 1)
        if 0 <= at < len(texts) and (beside := _DASH.match(texts[at]))
    ]
    answers = any(_is_spoken(neighbour, alone=False) for neighbour in neighbours) and len(words_of(line)) > 1
    is_item = dash["dash"][0] in _BULLETS and text[dash.end("dash")].isspace()
    if _is_spoken(line, alone=not neighbours and not is_item) or (answers and _ENDS.search(line)):
        return [Passage(line, number)]
    if not is_item and _is_sentence(line, alone=not neighbours):
        return [Passage(line, number, certain=False)]
    return []


def _is_sentence(line: str, alone: bool) -> bool:
    """Return whether a line after a dash may be speech although no word says so: it has at least three words,
    begins with no lower-case letter and is no notice, and it either stands `alone` or ends as a sentence and has a
    verb."""
    folded = fold(line[:1_000])
    if len(words_of(line[:1_000])) < 3 or line[:1].islower() or _NOTICE.search(folded):
        return False
    return line[-1:] not in ";؛:,،" if alone else bool(_ENDS.search(line)) and has_finite_verb(folded)


def _is_spoken(line: str, alone: bool) -> bool:
    """Return whether a line (without its dash) is speech: it has a verb of speech or an age in an inner clause,
    the first person, or a final question or exclamation mark. A line that stands `alone` also counts if it is a
    sentence that tells of a person."""
    folded, count = fold(line[:1_000]), len(words_of(line[:1_000]))
    ends = bool(_ENDS.search(line.rstrip()))
    inner = list(_INNER_CLAUSE.finditer(folded))
    if any(map(_says, (*inner, *_SAID.finditer(folded)))) or any(
        is_age_in(folded[clause.start(1) : clause.start(1) + 60]) for clause in inner
    ):
        return count > 2
    if is_first_person(folded):
        return (ends and count > 1) or (
            count > 3 and not line[:1].islower() and not line.rstrip().endswith((";", "؛"))
        )
    if line.rstrip().endswith(("?", "؟", "!")):
        return count > 1
    return alone and ends and count > 2 and has_finite_verb(folded) and is_narrative(folded)


def _says(clause: re.Match[str]) -> bool:
    return has_speech(" ".join(clause[1].split()[:6]))


def first_words(passage: Passage, most: int = 8) -> str:
    """Return the first `most` words of a passage, at most 120 characters, by which an editor recognises it; with
    "…" if there are more words."""
    words = passage.text.split()
    return " ".join(words[:most])[:120] + ("…" if len(words) > most else "")
