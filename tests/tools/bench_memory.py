"""How fast the translation memory answers. Fills the empty database that DATABASE_URL names with source strings
and their texts, and prints the time of look-ups, and how many were found: `make bench-memory`. Fails above 50
ms."""

import argparse
import os
import random
import statistics
import sys
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from translation.localize.models import path_hash, string_hash  # noqa: E402
from translation.memory import indexing, suggestions  # noqa: E402
from translation.models import Unit  # noqa: E402

LEXICON = 20_000
RUNS = 50
LIMIT = 50
"""Milliseconds that the median look-up may take."""
BATCH = 2_000


def sentence(words: list[str], dice: random.Random) -> str:
    """Words as often as in a language, the n-th as 1/n, mostly of one sentence, sometimes of a paragraph."""
    count = dice.choice([3, 6, 9, 12, 15, 18, 24, 30, 60])
    picked = [words[min(int(LEXICON ** dice.random()) - 1, LEXICON - 1)] for _ in range(count)]
    return f"{' '.join(picked).capitalize()}, {dice.randint(1, 5_000)} in all."


def fill(entries: int, english: Locale, russian: Locale, dice: random.Random) -> list[str]:
    """Store approved texts of different source strings, and return these."""
    words = ["".join(dice.choices("abcdefghijklmnoprstuvwxyz", k=dice.randint(2, 11))) for _ in range(LEXICON)]
    sources = list({sentence(words, dice) for _ in range(entries)})
    now = timezone.now()
    for start in range(0, len(sources), BATCH):
        Unit.objects.bulk_create(
            Unit(
                object_key=uuid.UUID(int=start // 25 + 1),
                locale=russian,
                path="body",
                path_id=path_hash("body"),
                string_hash=string_hash(source),
                source=source,
                approved_text=f"{source} [ru]",
                approved_at=now,
            )
            for source in sources[start : start + BATCH]
        )
    return sources


def changed(source: str, dice: random.Random) -> str:
    """A sentence with another figure and, if it is long, another word."""
    words = source.split()
    words[-3] = str(dice.randint(5_001, 9_999))
    if len(words) > 8:
        words[dice.randrange(len(words) - 4)] = "otherwise"
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    entries = parser.parse_args().entries
    call_command("migrate", verbosity=0)
    dice = random.Random(15)
    english = Locale.objects.get_or_create(language_code="en")[0]
    russian = Locale.objects.get_or_create(language_code="ru")[0]
    sources = fill(entries, english, russian, dice)
    began = time.monotonic()
    indexing.rebuild()
    print(
        f"{connection.vendor}: {len(sources)} source strings, indexed in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    worst = max(
        measured("equal strings", dice.sample(sources, RUNS), english, russian),
        measured(
            "changed strings", [changed(each, dice) for each in dice.sample(sources, RUNS)], english, russian
        ),
    )
    if worst > LIMIT:
        sys.exit(f"The median look-up takes {worst:.0f} ms, more than {LIMIT} ms.")


def measured(name: str, asked: list[str], english: Locale, russian: Locale) -> float:
    """Print the time of the look-ups, and return the median in milliseconds."""
    times, found = [], 0
    for source in asked:
        began = time.perf_counter()
        found += bool(suggestions(source, english, russian))
        times.append((time.perf_counter() - began) * 1_000)
    median = statistics.median(times)
    print(
        f"{name}: median {median:.1f} ms, longest {max(times):.1f} ms, found {found} of {len(asked)}", flush=True
    )
    return median


if __name__ == "__main__":
    main()
