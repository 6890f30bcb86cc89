"""What uploads of large pictures cost the shipped server: time, memory of its processes, and how long readers wait
meanwhile. Prints a table: `make bench-uploads`. PostgreSQL where DATABASE_URL names one, else SQLite. With
PAGE_CACHE=off readers get pages that are made for them."""

import os
import statistics
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.stress.client import Client
from tests.stress.readers import Readers
from tests.stress.server import Server

SECONDS = 10
"""In which readers are asked what they get while nobody uploads anything."""
LONGER = 3
"""Seconds in which readers are asked after the answer, while the worker makes the sizes that pages show."""
WORKERS = 2
AT_ONCE = (
    "jpeg-50-megapixels",
    "png-rgb-40-megapixels",
    "png-rgba-40-megapixels",
    "avif-40-megapixels",
    "webp-40-megapixels",
    "webp-lossless-40-megapixels",
    "webp-noise-7-megapixels",
)


def photo(width: int, height: int) -> Image.Image:
    """A picture that takes as many bytes as a photo does."""
    grain = Image.effect_noise((width // 8, height // 8), 60).convert("RGB").resize((width, height))
    return Image.blend(grain, Image.linear_gradient("L").resize((width, height)).convert("RGB"), 0.5)


def empty_png(path: Path, side: int, bits: int, colour: int) -> None:
    """Write a PNG that is small as a file and large as a picture, without ever holding it."""
    row = b"\0" + bytes((side * bits * (3 if colour == 2 else 1) + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", side, side, bits, colour, 0, 0, 0)),
        (b"IDAT", pixels),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def make_pictures(folder: Path) -> list[Path]:
    large = photo(8160, 6120)
    large.save(folder / "jpeg-50-megapixels.jpg", quality=75)
    large.save(folder / "progressive-50-megapixels.jpg", quality=75, progressive=True)
    largest = photo(11_600, 8_620)
    largest.save(folder / "jpeg-100-megapixels.jpg", quality=75)
    largest.save(folder / "progressive-100-megapixels.jpg", quality=75, progressive=True)
    del largest
    smaller = photo(7300, 5450)
    smaller.save(folder / "png-rgb-40-megapixels.png", compress_level=3)
    smaller.convert("RGBA").save(folder / "png-rgba-40-megapixels.png", compress_level=3)
    smaller.save(folder / "avif-40-megapixels.avif", quality=50, speed=10)
    smaller.save(folder / "webp-40-megapixels.webp", quality=80, method=2)
    smaller.save(folder / "webp-lossless-40-megapixels.webp", lossless=True, quality=10, method=0)
    noise = Image.merge("RGBA", [Image.effect_noise((2600, 2600), 60) for _band in range(4)])
    noise.save(folder / "webp-noise-7-megapixels.webp", lossless=True, quality=0, method=0)
    empty_png(folder / "png-1-bit-11300.png", 11_300, 1, 0)
    empty_png(folder / "png-rgb-11300.png", 11_300, 8, 2)
    return sorted(folder.iterdir())


class Memory:
    """Of the processes of a server: by how much the one that grew most has grown, in MB."""

    def __init__(self, server: Server) -> None:
        self._before = {pid: self._resident(pid, "VmRSS") for pid in server.pids()}
        for pid in self._before:
            # The kernel notes the peak anew from now on (proc_pid_clear_refs(5)).
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def growth(self) -> float:
        return max(self._resident(pid, "VmHWM") - before for pid, before in self._before.items()) / 1024

    @staticmethod
    def _resident(pid: int, name: str) -> int:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(name)))


def upload(client: Client, path: Path) -> tuple[str, float]:
    """Return what came of it and how many seconds it took."""
    began = time.monotonic()
    answer = client.upload("/admin/images/add/", {"title": path.stem, "collection": "1", "shows": "nobody"}, path)
    taken = time.monotonic() - began
    refused = answer.status == 200 and "million pixels" in answer.text
    return "stored" if answer.status == 302 else "refused" if refused else f"status {answer.status}", taken


@contextmanager
def measured(what: str, server: Server, readers: Readers, quiet: float) -> Iterator[list[tuple[str, float]]]:
    """Print a line about the uploads that are added to what it yields."""
    results: list[tuple[str, float]] = []
    memory = Memory(server)
    with readers.asking():
        began = time.monotonic()
        yield results
        time.sleep(LONGER)
    waited = [each.seconds for each in readers.between(began)]
    median = statistics.median(waited)
    outcomes = ", ".join(sorted({outcome for outcome, _seconds in results}))
    longest = max(seconds for _outcome, seconds in results)
    cost = f"{longest:7.1f} s {memory.growth():8.0f} MB"
    print(f"{what:34} {outcomes:9} {cost} {median * 1_000:7.0f} ms  {median / quiet:4.1f} ×")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")
    settings = {"WEB_CONCURRENCY": str(WORKERS)}
    if "PAGE_CACHE" in os.environ:
        settings["PAGE_CACHE"] = os.environ["PAGE_CACHE"]
    with tempfile.TemporaryDirectory() as name, Server(Path(name), **settings) as server:
        (Path(name) / "pictures").mkdir()
        pictures = make_pictures(Path(name) / "pictures")
        addresses = server.call("tests.stress.readable", "make_readable")[:-1]
        server.call("tests.stress.readable", "make_editor")
        server.start(worker=True)
        client = Client(server)
        client.log_in("stress")
        readers = Readers(server.port, addresses)
        for address in addresses * 2 * WORKERS:
            readers.ask(address)
        readers.got.clear()
        with readers.asking():
            time.sleep(SECONDS)
        quiet = statistics.median(each.seconds for each in readers.got)
        against = f"against {quiet * 1_000:.0f} ms before"
        print(f"{'':34} {'':9} {'longest':>9} {'growth':>11} {'readers':>10}  {against}")
        for path in pictures:
            with measured(path.stem, server, readers, quiet) as results:
                results.append(upload(client, path))
        for path in (each for each in pictures if each.stem in AT_ONCE):
            with (
                measured(f"4 at once: {path.stem}", server, readers, quiet) as results,
                ThreadPoolExecutor(4) as pool,
            ):
                results += pool.map(upload, [client.copy() for _time in range(4)], [path] * 4)


if __name__ == "__main__":
    main()
