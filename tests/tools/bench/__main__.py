"""The benchmark: `make bench`. Prints tables in Markdown, as docs/benchmarks.md has them.

Parts: `pages` asks the shipped server with wrk, beside a minimal Django view and nginx; `growth` counts what pages
and actions cost on sites of more and more stories. On SQLite; with DATABASE_URL on that PostgreSQL.
"""

import argparse
import datetime
import os
import platform
import signal
import sys
from pathlib import Path

from tests.tools.bench import growth, load
from tests.tools.bench.sites import Site, say

PARTS = ("pages", "growth")
STORIES = (1_000, 10_000, 100_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--stories", type=int, nargs="+", default=STORIES, help="sizes of the sites that grow")
    parser.add_argument("--seconds", type=int, default=4, help="how long wrk asks each target")
    parser.add_argument("--rounds", type=int, default=3, help="how often; medians are printed")
    chosen = parser.parse_args()
    # Ended in whatever way, it ends its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    postgresql = os.environ.get("DATABASE_URL", "")
    postgresql = postgresql if postgresql.startswith("postgres") else ""
    print_line(f"{datetime.date.today()}: {machine()}; load average {os.getloadavg()[0]:.1f}")
    sites = [Site(count, postgresql) for count in sorted(chosen.stories)]
    if "pages" in (chosen.part or PARTS):
        load.wrk()
        demo = Site(0, postgresql)
        demo.make()
        large = [site for site in sites if site.is_made][-1:]
        for site in [demo, *large]:
            say(f"Asking {site.name} …")
            results = load.measure(site, chosen.seconds, chosen.rounds)
            print_line("", f"{site.database}, the demo{f' and {site.stories:,} stories' * bool(site.stories)}", "")
            print_line(*load.table(results))
    if "growth" in (chosen.part or PARTS):
        print_line("", *growth.table(sites, growth.measure(sites)))


def machine() -> str:
    cpus = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return f"{os.cpu_count()} × {cpus[0] if cpus else platform.machine()}, Python {platform.python_version()}"


def print_line(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
