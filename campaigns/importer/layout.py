"""Separation of the story from the rest of a page's text, such as the old site's menu and share buttons."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from campaigns.importer.dateline import Dateline, is_date_alone, parse_dateline
from campaigns.importer.places import is_known, is_region, parse_places
from campaigns.importer.sentences import first_sentence, summarise
from campaigns.importer.text import StoryProblem
from campaigns.importer.vocabulary import word_set

LONGEST_TITLE = 255
PROVISIONAL_TITLE = 100
SHORTEST_UNTITLED = 80
MAX_LINES = 2_000
LONGEST_WRAPPED_LINE = 100
SHORTEST_WRAPPED_LINE = 40
FEWEST_WORDS = 2

_BULLET = re.compile(r"[-•*·▪]\s+(?=\w)")
_SENTENCE_END = re.compile(r"[.…۔][\"”»’)]*$|[!?:;؟؛][\"”»’)]+$")
_STOP = re.compile(r"[.!?…؟۔][\"”»’)]*$")
_WORD = re.compile(r"[^\W\d_]+")
_MARKED_NAME = re.compile(r"\w\*(?!\*)")
# "– Do you know where he is? – asked the mother." is speech, although it starts like a list item.
_SPEECH = re.compile(r"[.,!?…]\s+[-–—]\s")
_SHARE_WORDS = word_set(
    """
    share this on via facebook twitter tweet x linkedin whatsapp telegram vk email e mail print copy
    link read more back to top download pdf search close menu home news press release releases story
    stories feature local global поделиться в фейсбук твиттер телеграм печать распечатать версия для
    печати читать далее подробнее наверх меню поиск главная новости новость пресс релиз закрыть мубодила
    кардан чоп муфассал хабар хабарҳо ҷустуҷӯ саҳифаи асосӣ
    """
)
_PHOTO_CREDIT = re.compile(
    r"©|(?:photos?|image|credit|caption|фото|акс|сурат)\s?(?:by\s|:|©|/|credit)", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:by\s.{2,60}\b(?:team|staff|unit|office|correspondent)|(?:author|by|автор|текст|муаллиф):.{2,60})$",
    re.IGNORECASE,
)
_END_MARK = re.compile(r"\W*(?:#\s?#\s?#|(?:end|ends|конец|анҷом)|[-–—]\s?30\s?[-–—])\W*", re.IGNORECASE)
_AFTER_STORY = re.compile(
    r"(?:for (?:more|further|additional|media) (?:information|details|enquiries|inquiries|queries)\b.{0,80}"
    r"(?:contact|please|visit|:)|(?:media|press) contacts?\b|notes? (?:to|for) (?:the )?(?:editors?|media)\b"
    r"|about (?:the )?(?:iom|project|organi[sz]ation)$|related (?:news|stories|articles|content|documents|links)"
    r"|you may also like|see also|read also|sustainable development goals$"
    r"|(?:для получения|за) (?:более подробной|дополнительной)\b.{0,20}информаци|контакты?(?: для сми)?\s*:?$"
    r"|примечани[ея] для редактор|похожие (?:материалы|новости)|читайте также|по теме\s*:?$|смотрите также"
    r"|барои (?:маълумоти|гирифтани маълумоти) (?:бештар|иловагӣ|муфассал)|тамос\s*:|хабарҳои (?:монанд|дигар))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """The lines of a text by what they are. `menu` are the lines before the title, `left_out` the other ones that
    are not part of the story; `title_doubt` is a message for the editor about the title."""

    menu: list[str]
    title: str
    dateline: Dateline | None
    paragraphs: list[str]
    left_out: list[str]
    title_doubt: str = ""


def story_lines(text: str) -> list[str]:
    """Return the lines of a text without empty ones. If no line is longer than LONGEST_WRAPPED_LINE and empty
    lines separate paragraphs, the lines of each paragraph, which were broken at a fixed width, are joined."""
    lines = [line.strip() for line in text.strip().split("\n")]
    longest = max(map(len, lines))
    if longest > LONGEST_WRAPPED_LINE or "" not in lines:
        return [line for line in lines if line]
    joined: list[list[str]] = []
    for previous, line in zip(["", *lines], lines, strict=False):
        if line and previous and _goes_on(previous, line):
            joined[-1].append(line)
        elif line:
            joined.append([line])
    return [" ".join(pieces) for pieces in joined]


def _goes_on(previous: str, line: str) -> bool:
    """Return whether the line continues the paragraph of the previous line. Not after a short line, and not if it
    is a list item or begins with a dateline."""
    if _BULLET.match(line) or len(previous) < SHORTEST_WRAPPED_LINE:
        return False
    dateline = parse_dateline(line)
    return dateline is None or dateline.is_brief or line[0].islower()


def find_story(text: str, places: Set[str] = frozenset()) -> Layout:
    """Return the layout of a text. `places` are names of places in lower case besides the built-in ones. A text
    without a title gets a provisional one. Raise StoryProblem if there is no story or the text has more than
    MAX_LINES lines."""
    lines = story_lines(text)
    if len(lines) > MAX_LINES:
        raise StoryProblem(f"not one story: it has {len(lines)} lines")
    count, head = _dateline_of_first_lines(lines, places)
    layout = _layout(lines[count:], text, places)
    if head is None:
        return layout
    if layout.dateline is None:
        return replace(layout, dateline=head, left_out=[*filter(None, [head.agency]), *layout.left_out])
    dateline = replace(layout.dateline, date=layout.dateline.date or head.date)
    return replace(layout, dateline=dateline, left_out=[*lines[:count], *layout.left_out])


def _layout(lines: list[str], text: str, places: Set[str]) -> Layout:
    """Return the layout of the lines of a text that begin with no dateline of their own."""
    words = frozenset(word for word in re.findall(r"\w+", text) if word[0].islower())
    position, dateline = _find_dateline(lines, words, places)
    title_at = _title_without_dateline(lines) if dateline is None else _title_before(lines, position)
    if title_at is None and dateline is None and _is_all_of_one_kind(lines):
        return _with_provisional_title(lines, None)
    if title_at is None:
        return _untitled(lines, position, dateline)
    first = title_at + 1 if dateline is None else position
    body = lines[first:] if dateline is None else [dateline.text, *lines[position + 1 :]]
    paragraphs, left_out = _without_furniture(body)
    if not paragraphs:
        raise StoryProblem("no story: no text under the title")
    skipped = [*lines[title_at + 1 : first], dateline.agency if dateline else ""]
    left_out = [*filter(None, skipped), *left_out]
    return Layout(lines[:title_at], lines[title_at], dateline, paragraphs, left_out)


def _untitled(lines: list[str], position: int, dateline: Dateline | None) -> Layout:
    """Return the layout of a text without a title, with its first words as the title and a `title_doubt`.
    `position` is the index of the dateline. Raise StoryProblem if there is no paragraph, no sentence, and after a
    dateline no list either."""
    start = _end_of_menu(lines[:position] if dateline else lines)
    body = [*lines[start:]]
    if dateline and position >= start and not any(map(_is_paragraph, lines[start:position])):
        start, body = position, [dateline.text, *lines[position + 1 :]]
    elif dateline and position > start:
        dateline = None
    is_story = any(_is_paragraph(line) or _is_sentence(line) for line in _without_furniture(body)[0])
    if not is_story and not (dateline and _is_all_of_one_kind(lines[position + 1 :])):
        raise StoryProblem("no title, and no paragraph that could be a story")
    layout = _with_provisional_title(body, dateline)
    return replace(layout, menu=lines[:start])


def _with_provisional_title(body: list[str], dateline: Dateline | None) -> Layout:
    """Return the layout of a story's lines without a title, with its first words as the title and a
    `title_doubt`."""
    paragraphs, left_out = _without_furniture(body)
    first = next(paragraph for paragraph in paragraphs if any(map(str.isalpha, paragraph)))
    title = summarise(first_sentence(_BULLET.sub("", first, count=1)).rstrip(".۔"), PROVISIONAL_TITLE)
    doubt = f"No title found: “{title}” was made from the first words"
    return Layout([], title, dateline, paragraphs, left_out, doubt)


def _is_all_of_one_kind(lines: Sequence[str]) -> bool:
    """Return whether lines without a paragraph are a story all the same: only list items, the same line again and
    again, or several lines without capitals. One of them must have FEWEST_WORDS words."""
    bare = [_BULLET.sub("", line, count=1) for line in lines]
    if not any(len(_WORD.findall(line)) >= FEWEST_WORDS and not _is_furniture(line) for line in bare):
        return False
    if all(map(_BULLET.match, lines)):
        return True
    small = all(line == line.lower() and _WORD.match(line) for line in lines)
    return len(lines) > 1 and (small or len(set(lines)) == 1)


def _dateline_of_first_lines(lines: Sequence[str], places: Set[str]) -> tuple[int, Dateline | None]:
    """Return how many lines at the start of a text are a dateline and nothing else, and the dateline; (0, None) if
    none are: a place and a date, on one line or on two in either order, or a city and its country. More lines must
    follow. `places` are those of `find_story`."""
    first, second = [*lines, "", ""][:2]
    if len(lines) > 2:
        for place, date in ((first, second), (second, first)):
            if (
                is_date_alone(date)
                and not is_date_alone(place)
                and (found := _dateline_alone(f"{place}, {date}", places))
            ):
                return 2, found
    if len(lines) > 1 and (found := _dateline_alone(first, places)):
        return 1, found
    return 0, None


def _dateline_alone(line: str, places: Set[str]) -> Dateline | None:
    """Return the dateline of known places that is the whole line, or None. It must have a date, or a country with
    each place."""
    if len(line) > LONGEST_WRAPPED_LINE:
        return None
    dateline = parse_dateline(line, frozenset(), places) or Dateline(parse_places(line), None, "")
    if dateline.text or not dateline.places:
        return None
    if not all(
        is_known(place.name, places) or is_region(place.name) or place.country for place in dateline.places
    ):
        return None
    return dateline if dateline.date or all(place.country for place in dateline.places) else None


def _find_dateline(lines: Sequence[str], words: frozenset[str], places: Set[str]) -> tuple[int, Dateline | None]:
    """Return the index of the line with the dateline, and the dateline; (-1, None) if there is none. `words` and
    `places` are those of `parse_dateline`. A short first line, which is a title, and list items are passed
    over."""
    for position, line in enumerate(lines):
        if (position == 0 and len(line) < SHORTEST_UNTITLED) or _BULLET.match(line) or is_date_alone(line):
            continue
        dateline = parse_dateline(line, words, places)
        if dateline is None or (position and line.startswith(lines[position - 1])):
            continue
        if dateline.is_brief and not _is_head(lines, position):
            continue
        following = lines[position + 1] if position + 1 < len(lines) else ""
        if dateline.text or (following and not parse_dateline(following, words, places)):
            return position, dateline
    return -1, None


def _is_head(lines: Sequence[str], position: int) -> bool:
    """Return whether, after the menu, at most one line that is not furniture, the title, comes before the line."""
    start = _end_of_menu(lines[:position])
    return sum(not _is_furniture(line) for line in lines[start:position]) <= 1


def _title_before(lines: Sequence[str], position: int) -> int | None:
    """Return the index of the title above the dateline, which is at `position`, or None. Only share buttons,
    credits and the like may stand between them."""
    for at in range(position - 1, -1, -1):
        if not _is_furniture(lines[at]):
            if _is_heading(lines, at):
                return at
            break
    return None


def _title_without_dateline(lines: Sequence[str]) -> int | None:
    """Return the index of the title of a story without a dateline, or None: the first heading after the menu that
    is followed by a paragraph and comes before any other, or, if there are no paragraphs, by a sentence."""
    start = _end_of_menu(lines)
    title_is_doubled = start > 1 and lines[start - 1] == lines[start - 2]
    for at in range(start - title_is_doubled, len(lines) - 1):
        following = next((line for line in lines[at + 1 :] if not _is_furniture(line)), "")
        if not _is_furniture(lines[at]) and _is_heading(lines, at) and _is_paragraph(following):
            return at
        if _is_paragraph(lines[at]):
            break
    return None if any(map(_is_paragraph, lines)) else _title_of_short_lines(lines, start)


def _title_of_short_lines(lines: Sequence[str], start: int) -> int | None:
    """Return the index of the first heading from `start` on with a sentence below it, for a text without long
    paragraphs; None if there is none or a sentence comes before it."""
    for at in range(start, len(lines) - 1):
        if _is_sentence(lines[at]):
            return None
        if not _is_furniture(lines[at]) and _is_heading(lines, at) and _is_sentence(lines[at + 1]):
            return at
    return None


def _end_of_menu(lines: Sequence[str]) -> int:
    """Return the index of the first line after the menu, or 0 if there is none. A menu has bullets, doubled labels
    and labels joined with their text, and ends before two paragraphs."""
    end, paragraphs = 0, 0
    for at, line in enumerate(lines):
        is_item = bool(_BULLET.match(line)) and not paragraphs
        if is_item or _is_menu(lines, at):
            end, paragraphs = at + 1, 0
        elif _is_paragraph(line):
            paragraphs += 1
            if paragraphs > 1:
                break
    return end


def _is_menu(lines: Sequence[str], at: int) -> bool:
    doubled = at > 0 and lines[at] == lines[at - 1]
    return doubled or not any(map(str.isalnum, lines[at])) or _is_run_together(lines, at)


def _is_run_together(lines: Sequence[str], at: int) -> bool:
    """Return whether the line repeats the previous one without a space after it: "Our Work", "Our WorkAs the
    …"."""
    label = lines[at - 1] if at else ""
    line = lines[at]
    following = line[len(label) : len(label) + 1]
    return bool(label) and line[: len(label)].lower() == label.lower() and following.isalnum()


def _is_heading(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    return (
        len(line) <= LONGEST_TITLE
        and any(map(str.isalpha, line))
        and not _BULLET.match(line)
        and not _is_run_together(lines, at)
        and not _is_paragraph(line)
    )


def _is_paragraph(line: str) -> bool:
    if _BULLET.match(line):
        return False
    return len(line) > LONGEST_TITLE or (len(line) > 40 and bool(_SENTENCE_END.search(line[-4:])))


def _is_sentence(line: str) -> bool:
    return not _BULLET.match(line) and len(_WORD.findall(line)) >= FEWEST_WORDS and bool(_STOP.search(line[-4:]))


def _is_furniture(line: str) -> bool:
    """Return whether the line is a share button, a photo credit, a byline or a date alone."""
    words = re.findall(r"\w+", line.lower()) if len(line) <= 80 else [line]
    return (
        all(word in _SHARE_WORDS for word in words)
        or bool(len(line) <= LONGEST_TITLE and (_PHOTO_CREDIT.match(line) or _BYLINE.match(line)))
        or is_date_alone(line)
    )


def _without_furniture(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paragraphs of the story and the lines that are left out: furniture, and all lines from an end
    mark or a contact notice on. List items start with "- ", and lines of speech or signatures with a dash."""
    paragraphs: list[str] = []
    left_out: list[str] = []
    has_marked_names = any(map(_MARKED_NAME.search, lines))
    for at, line in enumerate(lines):
        if paragraphs and (_END_MARK.fullmatch(line[:40]) or _AFTER_STORY.match(line)):
            return paragraphs, left_out + [rest for rest in lines[at:] if any(map(str.isalnum, rest))]
        if not line or not any(map(str.isalnum, line)):
            continue
        if _is_furniture(line):
            left_out.append(line)
        elif _is_list_item(lines, at, has_marked_names):
            paragraphs.append(_BULLET.sub("- ", line))
        else:
            # A single hyphen is a dash before speech or a signature; an asterisk marks a footnote.
            paragraphs.append(f"— {line[1:].lstrip()}" if _BULLET.match(line) and line[0] == "-" else line)
    return paragraphs, left_out


def _is_list_item(lines: Sequence[str], at: int, has_marked_names: bool) -> bool:
    """Return whether the line is a list item. With a hyphen or an asterisk it needs another item beside it; an
    asterisk is a footnote if a name in the story has one ("Jawad*")."""
    line = lines[at]
    if not _BULLET.match(line):
        return False
    if line[0] not in "-*":
        return True
    if line[0] == "*" and has_marked_names:
        return False
    beside = [lines[place] for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    return not _SPEECH.search(line) and any(map(_BULLET.match, beside))
