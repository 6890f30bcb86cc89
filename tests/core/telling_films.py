"""Films with tracks beside picture and sound, built box by box (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from tests.core.telling_documents import PLACE, box

GPS = f"GPS {PLACE}".encode()


@dataclass
class Track:
    """One track: its samples lie in chunks of `per_chunk`, which those of other tracks lie between."""

    handler: bytes
    format: bytes
    samples: list[bytes]
    per_chunk: int = 1
    sizes: str = "stsz"
    """Of the box of sizes: "stsz", "same" for one size of all, or "stz2" and how many bits."""
    offsets: bytes = b"stco"
    references: dict[bytes, list[int]] = field(default_factory=dict)
    source: int = 1
    """1 where the samples are in the film itself."""

    def chunks(self) -> list[bytes]:
        return [
            b"".join(self.samples[start : start + self.per_chunk])
            for start in range(0, len(self.samples), self.per_chunk)
        ]


def picture(**options) -> Track:
    return Track(b"vide", b"avc1", [bytes([number]) * (300 + number) for number in range(1, 40)], 4, **options)


def sound(**options) -> Track:
    samples = [bytes([number]) * 50 for number in range(100, 200)]
    return Track(b"soun", b"mp4a", samples, 9, sizes="same", **options)


def measured(handler: bytes = b"meta", kind: bytes = b"mebx", **options) -> Track:
    samples = [GPS + bytes([number]) for number in range(1, 12)]
    return Track(handler, kind, **{"samples": samples, **options})


def longs(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}L", *numbers)


def film(*tracks: Track) -> bytes:
    """Return a whole film: the chunks of all tracks lie in turn, as cameras write them."""
    start = len(b"".join(_head(tracks, [[0] * len(track.chunks()) for track in tracks]))) + 8
    places: list[list[int]] = [[] for _each in tracks]
    media = b""
    for round_ in range(max(len(track.chunks()) for track in tracks)):
        for track, found in zip(tracks, places, strict=True):
            if round_ < len(track.chunks()):
                found.append(start + len(media))
                media += track.chunks()[round_]
    return b"".join(_head(tracks, places)) + box(b"mdat", media)


def _head(tracks: tuple[Track, ...], places: list[list[int]]) -> Iterator[bytes]:
    yield box(b"ftyp", b"isom", bytes(4))
    inside = [
        _track(track, number, found) for number, (track, found) in enumerate(zip(tracks, places, strict=True), 1)
    ]
    yield box(b"moov", box(b"mvhd", bytes(100)), *inside)


def _track(track: Track, number: int, places: list[int]) -> bytes:
    source = box(b"dref", longs(0, 1), box(b"url ", longs(track.source)))
    information = box(b"minf", box(b"nmhd", bytes(4)), box(b"dinf", source), table(track, places))
    handler = box(b"hdlr", bytes(8), track.handler, bytes(12), b"Core Media\0")
    references = [box(kind, longs(*numbers)) for kind, numbers in track.references.items()]
    return box(
        b"trak",
        box(b"tkhd", longs(0, 0, 0, number), bytes(68)),
        *([box(b"tref", *references)] if references else []),
        box(b"mdia", box(b"mdhd", bytes(24)), handler, information),
    )


def table(track: Track, places: list[int]) -> bytes:
    entry = box(track.format, bytes(6), b"\0\1", GPS if track.format not in (b"avc1", b"mp4a") else bytes(28))
    runs, left = [(1, track.per_chunk, 1)], len(track.samples) % track.per_chunk
    if left:
        runs.append((len(track.chunks()), left, 1))
    wide = "Q" if track.offsets == b"co64" else "L"
    return box(
        b"stbl",
        box(b"stsd", longs(0, 1), entry),
        box(b"stts", longs(0, 1, len(track.samples), 1)),
        box(b"stsc", longs(0, len(runs)), *(longs(*run) for run in runs)),
        _sizes(track),
        box(track.offsets, longs(0, len(places)), struct.pack(f">{len(places)}{wide}", *places)),
    )


def _sizes(track: Track) -> bytes:
    lengths = [len(sample) for sample in track.samples]
    if track.sizes == "same":
        return box(b"stsz", longs(0, lengths[0], len(lengths)))
    if track.sizes == "stsz":
        return box(b"stsz", longs(0, 0, len(lengths), *lengths))
    bits = int(track.sizes.removeprefix("stz2 "))
    if bits == 4:
        pairs = zip(lengths[::2], [*lengths[1::2], 0], strict=False)
        packed = bytes(first << 4 | second for first, second in pairs)
    else:
        packed = struct.pack(f">{len(lengths)}{'B' if bits == 8 else 'H'}", *lengths)
    return box(b"stz2", longs(0, bits, len(lengths)), packed)


def fragmented(*tracks: Track, base: str = "fragment") -> bytes:
    """Return a film in fragments of one chunk of each track. `base` says what places are counted from: the
    fragment, the file, or nothing at all."""
    empty = [Track(track.handler, track.format, [], references=track.references) for track in tracks]
    extends = [box(b"trex", longs(0, number, 1, 1, 0, 0)) for number, _track in enumerate(tracks, 1)]
    inside = [_track(track, number, []) for number, track in enumerate(empty, 1)]
    content = box(b"ftyp", b"iso5", bytes(4)) + box(
        b"moov", box(b"mvhd", bytes(100)), *inside, box(b"mvex", *extends)
    )
    for round_ in range(min(len(track.chunks()) for track in tracks)):
        content += _fragment(tracks, round_, len(content), base)
    index = box(b"tfra", longs(0, 1, 0, 0))
    return content + box(b"mfra", index, box(b"mfro", longs(0, 24 + len(index))))


def _fragment(tracks: tuple[Track, ...], round_: int, start: int, base: str) -> bytes:
    chunks = [track.chunks()[round_] for track in tracks]

    def moof(length: int) -> bytes:
        places = list(accumulate([length + 8, *map(len, chunks)]))
        parts = [
            _part(track, number, round_, places[number - 1], start, base) for number, track in enumerate(tracks, 1)
        ]
        return box(b"moof", box(b"mfhd", longs(0, round_ + 1)), *parts)

    return moof(len(moof(0))) + box(b"mdat", *chunks)


def _part(track: Track, number: int, round_: int, place: int, start: int, base: str) -> bytes:
    samples = track.samples[round_ * track.per_chunk : (round_ + 1) * track.per_chunk]
    flags = {"fragment": 0x20000, "file": 0x1, "nothing": 0}[base] | (0x10 if track.sizes == "same" else 0)
    header = longs(flags, number) + (struct.pack(">Q", start) if base == "file" else b"")
    if track.sizes == "same":
        run = longs(0x101, len(samples), place, *([1] * len(samples)))
        header += longs(len(samples[0]))
    else:
        entries = [value for sample in samples for value in (1, len(sample))]
        run = longs(0x301, len(samples), place, *entries)
    return box(b"traf", box(b"tfhd", header), box(b"trun", run))
