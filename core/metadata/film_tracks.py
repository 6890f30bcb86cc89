"""Removal of tracks that are neither played nor shown, such as the position of the phone at each second.

Each such track becomes free space of the same length, and its samples become zeros, so that no other position in
the film changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from core.metadata.boxes import Box, boxes, child, children, erase, free_box, numbers
from core.metadata.film_fragments import Fragment, default_sizes, fragments, runs
from core.metadata.film_tables import chunks, entries
from core.metadata.ranges import Ranges

# Handlers of video, pictures, sound and closed captions.
_PLAYED = {b"vide", b"auxv", b"pict", b"soun", b"clcp"}
_TEXTS, _PLAYED_TEXTS = {b"sbtl", b"subt", b"text"}, {b"tx3g", b"wvtt", b"stpp"}
_MOST_BOXES, _MOST_CHUNKS = 20_000, 250_000
_MOST_TO_PASS = 500_000
"""Boxes of a whole film. A film in fragments of one second has 100,000 in 14 hours."""
# Bytes of all tables together: those of a sound recording of 14 hours have nine million.
_LONGEST_TABLES = 16 * 1024**2


@dataclass
class _Film:
    """A film and its boxes, with its tracks by number."""

    file: BinaryIO
    boxes: list[Box]
    moov: Box
    removed: dict[int, Box]
    """The tracks to remove."""
    kept: dict[int, Box]
    defaults: dict[int, Box] = field(init=False)

    def __post_init__(self) -> None:
        self.defaults = default_sizes(self.file, self.moov)

    def fragments(self, moof: Box) -> list[Fragment]:
        """Return the fragments of a `moof` box.

        Raise ValueError if one is of a track that the film does not have.
        """
        found = list(fragments(self.file, moof, self.defaults))
        if any(each.track not in self.removed | self.kept for each in found):
            raise ValueError("no such track")
        return found

    def of_kind(self, kind: bytes) -> list[Box]:
        """Return the boxes of one kind at the top level of the file."""
        return [box for box in self.boxes if box.kind == kind]


def remove_data_tracks(file: BinaryIO, size: int) -> set[str]:
    """Remove the tracks that are not played from a film of `size` bytes, in place, and return an empty set.

    If this would damage the others, or the film cannot be read, change nothing and return the code "data_track".
    """
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
    """Return the handlers of the tracks, such as b"vide" and b"soun"; none if the film is damaged."""
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
        numbers(file, box.body + 8, box.end, "L")[0].to_bytes(4, "big")
        for media in children(file, track, b"mdia")
        for box in children(file, media, b"hdlr")
    }


def _is_played(file: BinaryIO, track: Box) -> bool:
    """Return whether players play or show the track: video, pictures, sound, captions, texts in formats of
    subtitles, or a track without a handler."""
    handlers = _handlers(file, track)
    if handlers and handlers <= _TEXTS:
        samples = child(file, _table(file, track), b"stsd")
        formats = {box.kind for box in boxes(file, samples.body + 8, samples.end)}
        return bool(formats) and formats <= _PLAYED_TEXTS
    # A track without a handler, which no camera writes, is kept.
    return handlers <= _PLAYED


def _table(file: BinaryIO, track: Box) -> Box:
    return child(file, child(file, child(file, track, b"mdia"), b"minf"), b"stbl")


def _film(file: BinaryIO, size: int, moov: Box, removed: list[Box], kept: list[Box]) -> _Film:
    """Return the film. Raise ValueError if there are too many boxes or too large tables, if two tracks have the
    same number, or if no track would be kept."""
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
    """Overwrite the removed tracks, their samples and all references to them.

    All errors are raised before writing.
    """
    samples = _samples_of_removed(film)
    references, numbers_in_references = _references(film)
    freed = [*film.removed.values(), *references, *_freed_of_fragments(film)]
    for start, end in [*samples, *numbers_in_references]:
        erase(film.file, start, end)
    for box in freed:
        free_box(film.file, box)


def _samples_of_removed(film: _Film) -> Ranges:
    """Return the positions of the samples of the removed tracks.

    Raise ValueError if they are in another file, outside of `mdat` boxes, shared with a track that is kept, or in
    more than _MOST_CHUNKS chunks.
    """
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
    """Raise ValueError if samples of the track are in another file."""
    information = child(file, child(file, track, b"mdia"), b"minf")
    sources = child(file, child(file, information, b"dinf"), b"dref")
    for source in boxes(file, sources.body + 8, sources.end):
        if numbers(file, source.body, source.end, "L")[0] & 0xFFFFFF != 1:
            raise ValueError("samples in another file")


def _samples(film: _Film, tracks: dict[int, Box]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each chunk or run of samples of these tracks."""
    for track in tracks.values():
        yield from chunks(film.file, _table(film.file, track))
    for moof in film.of_kind(b"moof"):
        for fragment in film.fragments(moof):
            if fragment.track in tracks:
                yield from runs(film.file, fragment)


def _freed_of_fragments(film: _Film) -> Iterator[Box]:
    """Yield the boxes outside of `moov` tracks that describe removed tracks: fragments (a whole `moof` if no other
    track is in it), defaults and indexes.

    The index `mfra` covers the fragments of all tracks and is removed too; players do not need it.
    """
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
    """Return references of kept tracks to removed ones: the boxes that refer to removed tracks alone, and start
    and end of the numbers of removed tracks in other boxes, where 0 means no track (QuickTime File Format, "Track
    Reference Atoms"). Raise ValueError if there are more than _MOST_BOXES."""
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
