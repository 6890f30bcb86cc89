"""Tracks of a film that are neither played nor shown, such as where the telephone was at each second: each becomes
free space of the same length, and its samples become zeros, so that nothing else in the film moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from core.metadata.boxes import Box, boxes, child, children, erase, free_box, numbers
from core.metadata.film_fragments import Fragment, default_sizes, fragments, runs
from core.metadata.film_tables import chunks, entries
from core.metadata.ranges import Ranges

# Pictures, sounds and closed captions.
_PLAYED = {b"vide", b"auxv", b"pict", b"soun", b"clcp"}
_TEXTS, _PLAYED_TEXTS = {b"sbtl", b"subt", b"text"}, {b"tx3g", b"wvtt", b"stpp"}
_MOST_BOXES, _MOST_CHUNKS = 20_000, 250_000
_MOST_TO_PASS = 500_000
"""Boxes of a whole film. One in fragments of a second has 100,000 in 14 hours."""
# Of all tables together, in bytes: those of a sound of fourteen hours have nine million.
_LONGEST_TABLES = 16 * 1024**2


@dataclass
class _Film:
    file: BinaryIO
    boxes: list[Box]
    moov: Box
    removed: dict[int, Box]
    """The tracks that are to be removed, by their number."""
    kept: dict[int, Box]
    defaults: dict[int, Box] = field(init=False)

    def __post_init__(self) -> None:
        self.defaults = default_sizes(self.file, self.moov)

    def fragments(self, moof: Box) -> list[Fragment]:
        """Raises ValueError where one is of a track that the film does not have."""
        found = list(fragments(self.file, moof, self.defaults))
        if any(each.track not in self.removed | self.kept for each in found):
            raise ValueError("no such track")
        return found

    def of_kind(self, kind: bytes) -> list[Box]:
        return [box for box in self.boxes if box.kind == kind]


def remove_data_tracks(file: BinaryIO, size: int) -> set[str]:
    """Remove the tracks that are not played, and return the code of what is left where that cannot be done without
    harm to the others. Then nothing is changed."""
    try:
        moov = _only_moov(file, size)
        tracks = children(file, moov, b"trak")
        removed = [track for track in tracks if not _is_played(file, track)]
        if removed:
            _remove(_film(file, size, moov, removed, [track for track in tracks if track not in removed]))
    except ValueError:
        return {"data_track"}
    return set()


def track_kinds(file: BinaryIO) -> set[bytes]:
    """Return what the tracks are, such as b"vide" and b"soun"; nothing where the film is damaged."""
    try:
        moov = _only_moov(file, file.seek(0, 2))
        return {kind for track in children(file, moov, b"trak") for kind in _handlers(file, track)}
    except ValueError:
        return set()


def _only_moov(file: BinaryIO, size: int) -> Box:
    first = islice(boxes(file, 0, size), _MOST_TO_PASS)
    found = list(islice((box for box in first if box.kind == b"moov"), 2))
    if len(found) != 1 or next(first, None):
        raise ValueError("more than one film, none, or too many boxes")
    return found[0]


def _handlers(file: BinaryIO, track: Box) -> set[bytes]:
    return {
        numbers(file, box.body + 8, box.end, "4s")[0]
        for media in children(file, track, b"mdia")
        for box in children(file, media, b"hdlr")
    }


def _is_played(file: BinaryIO, track: Box) -> bool:
    handlers = _handlers(file, track)
    if handlers and handlers <= _TEXTS:
        samples = child(file, _table(file, track), b"stsd")
        formats = {box.kind for box in boxes(file, samples.body + 8, samples.end)}
        return bool(formats) and formats <= _PLAYED_TEXTS
    # One without a handler, which no camera writes, stays as it is.
    return handlers <= _PLAYED


def _table(file: BinaryIO, track: Box) -> Box:
    return child(file, child(file, child(file, track, b"mdia"), b"minf"), b"stbl")


def _film(file: BinaryIO, size: int, moov: Box, removed: list[Box], kept: list[Box]) -> _Film:
    """Raises ValueError where more is there than programs write, or two tracks have one number, and where nothing
    would be left that plays."""
    found = list(islice(boxes(file, 0, size), _MOST_BOXES + 1))
    tables = sum(box.end - box.start for box in found if box.kind in (b"moov", b"moof"))
    by_number = [{_number(file, track): track for track in tracks} for tracks in (removed, kept)]
    if len(found) > _MOST_BOXES or tables > _LONGEST_TABLES:
        raise ValueError("too much to look into")
    if not kept or len(by_number[0] | by_number[1]) < len(removed) + len(kept):
        raise ValueError("tracks without a number of their own, or none that is played")
    return _Film(file, found, moov, *by_number)


def _number(file: BinaryIO, track: Box) -> int:
    header = child(file, track, b"tkhd")
    (version,) = numbers(file, header.body, header.end, "B")
    return numbers(file, header.body + (20 if version == 1 else 12), header.end, "L")[0]


def _remove(film: _Film) -> None:
    """All that may be wrong is found before the first byte is written."""
    samples = _samples_of_removed(film)
    references, numbers_in_references = _references(film)
    freed = [*film.removed.values(), *references, *_freed_of_fragments(film)]
    for start, end in [*samples, *numbers_in_references]:
        erase(film.file, start, end)
    for box in freed:
        free_box(film.file, box)


def _samples_of_removed(film: _Film) -> Ranges:
    """Raises ValueError where they lie in another file, outside of what is meant for samples, or where those of
    another track lie."""
    for track in film.removed.values():
        _check_source(film.file, track)
    found = list(islice(_samples(film, film.removed), _MOST_CHUNKS + 1))
    if len(found) > _MOST_CHUNKS:
        raise ValueError("too many chunks")
    samples = Ranges(found)
    media = Ranges((box.body, box.end) for box in film.of_kind(b"mdat"))
    if not all(media.hold(start, end) for start, end in samples):
        raise ValueError("samples outside of mdat")
    if any(samples.touch(start, end) for start, end in _samples(film, film.kept)):
        raise ValueError("samples of two tracks")
    return samples


def _check_source(file: BinaryIO, track: Box) -> None:
    information = child(file, child(file, track, b"mdia"), b"minf")
    sources = child(file, child(file, information, b"dinf"), b"dref")
    for source in boxes(file, sources.body + 8, sources.end):
        if numbers(file, source.body, source.end, "L")[0] & 0xFFFFFF != 1:
            raise ValueError("samples in another file")


def _samples(film: _Film, tracks: dict[int, Box]) -> Iterator[tuple[int, int]]:
    for track in tracks.values():
        yield from chunks(film.file, _table(film.file, track))
    for moof in film.of_kind(b"moof"):
        for fragment in film.fragments(moof):
            if fragment.track in tracks:
                yield from runs(film.file, fragment)


def _freed_of_fragments(film: _Film) -> Iterator[Box]:
    """Yield what tells of the removed tracks outside of them. The index of fragments counts those of all tracks,
    and goes as well: players do without."""
    for moof in film.of_kind(b"moof"):
        found = film.fragments(moof)
        removed = [each.box for each in found if each.track in film.removed]
        yield from [moof] if len(removed) == len(found) else removed
    yield from (box for number, box in film.defaults.items() if number in film.removed)
    yield from film.of_kind(b"mfra")
    for index in film.of_kind(b"sidx"):
        if numbers(film.file, index.body + 4, index.end, "L")[0] in film.removed:
            yield index


def _references(film: _Film) -> tuple[list[Box], list[tuple[int, int]]]:
    """Return the boxes by which tracks that are kept name removed ones alone, and the places where others name
    one. There 0 names none (QuickTime File Format, "Track Reference Atoms")."""
    freed, erased = [], []
    for box in _reference_boxes(film):
        named = entries(film.file, box.body, box.end, "I", (box.end - box.body) // 4)
        places = [box.body + 4 * place for place, number in enumerate(named) if number in film.removed]
        if places and len(places) == len(named):
            freed.append(box)
        else:
            erased += [(place, place + 4) for place in places]
        if len(freed) + len(erased) > _MOST_BOXES:
            raise ValueError("too many references")
    return freed, erased


def _reference_boxes(film: _Film) -> Iterator[Box]:
    for track in film.kept.values():
        for references in children(film.file, track, b"tref"):
            yield from boxes(film.file, references.body, references.end)
