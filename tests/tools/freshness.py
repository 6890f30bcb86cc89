"""Play all kinds of changes on all pages of the demo, and print what the page cache would have shown: `make
test-freshness`. Ends with 1 if a change was missed or too many pages were rendered anew. SQLite, or the database
that DATABASE_URL names."""

import os
import sys
import tempfile
from pathlib import Path

import django
from django.test.utils import override_settings, teardown_databases

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")
django.setup()

from tests.databases import load_demo, set_up_databases  # noqa: E402 - needs the apps
from tests.freshness.kinds import KINDS, prepare  # noqa: E402
from tests.freshness.play import Played, Site, addresses, total  # noqa: E402

LEFT_ALONE = 0.92


def play_all(site: Site, words: list[str]) -> list[Played]:
    """Play the changes whose name contains one of `words`, or all, and print what each did."""
    print(f"{len(site.urls)} addresses")
    print(f"{'':36} changed missed  anew  left alone")
    results = []
    for name, change in KINDS.items():
        if words and not any(word in name for word in words):
            continue
        played = site.play(change)
        results.append(played)
        figures = f"{len(played.changed):7} {len(played.missed):6} {len(played.dropped):5} {len(played.alone):6}"
        print(f"{name:36} {figures}{'  everything' if played.everything else ''}", flush=True)
        if played.missed:
            print("   missed:", *played.missed[:5])
    return results


def main() -> int:
    databases = set_up_databases()
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder, JOURNAL=f"{folder}/j"):
            load_demo(Path(folder))
            prepare()
            # What was stamped before is over.
            with override_settings(STAMPS=f"{folder}/stamps"):
                results = play_all(Site(addresses()), sys.argv[1:])
    finally:
        teardown_databases(databases, verbosity=0)
    print(total(results))
    return int(total(results).missed > 0 or total(results).left_alone < LEFT_ALONE)


if __name__ == "__main__":
    sys.exit(main())
