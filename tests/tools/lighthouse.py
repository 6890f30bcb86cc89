"""What Lighthouse says of the demo that runs at the address given, on a phone with a slow line: the median of some
runs for each kind of public page in each language. Ends with 1 where an aim is missed: `make lighthouse`."""

import json
import os
import re
import shlex
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browsers import ARGUMENTS, WHOLE, installed  # noqa: E402

LANGUAGES = ("en", "ru", "tg", "fa-af")
# Each category at least, in percent.
AIMS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
SLOWEST = 1.3  # seconds until the largest element is painted
LCP, SIZE = "largest-contentful-paint", "total-byte-weight"


def pages(address: str, code: str) -> dict[str, str]:
    """Return the address of a page of each kind. The story is the first of the list."""
    home = f"{address}/{code}/"
    with urlopen(f"{home}news/") as answer:
        story = re.search(rf'href="/{code}/(news/[^/"?]+/)"', answer.read().decode())
    assert story, f"no story in {home}news/"
    paths = {"home": "", "campaign": "campaigns/wdatip/", "story": story[1], "news": "news/", "search": "search/"}
    return {kind: home + path for kind, path in paths.items()}


def report(url: str) -> dict[str, Any]:
    """Return what Lighthouse reports of one run. On a busy machine it may lose the browser: it has three tries."""
    command = [
        str(ROOT / "tests/lighthouse/node_modules/.bin/lighthouse"),
        *(url, "--quiet", "--output=json", f"--only-categories={','.join(AIMS)}"),
        f"--chrome-flags={shlex.join(['--headless=new', *ARGUMENTS])}",
    ]
    environment = {**os.environ, "CHROME_PATH": installed(*WHOLE) or ""}
    error = ""
    for _try in range(3):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
        error = done.stderr
    sys.exit(f"Lighthouse fails on {url}:\n{error}")


def figures(url: str) -> dict[str, float]:
    """Return what one run finds: categories in percent, LCP in seconds, all that is loaded in kB."""
    audited = report(url)
    found = {name: 100 * each["score"] for name, each in audited["categories"].items()}
    return {**found, **{name: audited["audits"][name]["numericValue"] / 1000 for name in (LCP, SIZE)}}


def misses(median: dict[str, float]) -> list[str]:
    """Return the names of the aims that are missed."""
    return [*(name for name, aim in AIMS.items() if median[name] < aim), *([LCP] if median[LCP] > SLOWEST else [])]


def main(address: str, runs: int) -> int:
    missed = 0
    print("| Page | Language | performance | LCP | accessibility | best practices | SEO | loaded | missed |")
    print("|---|---|---|---|---|---|---|---|---|")
    for code in LANGUAGES:
        for kind, url in pages(address, code).items():
            found = [figures(url) for _run in range(runs)]
            median = {name: statistics.median(run[name] for run in found) for name in found[0]}
            percent = " | ".join(f"{median[name]:.0f}" for name in list(AIMS)[1:])
            print(
                f"| {kind} | {code} | {median['performance']:.0f} | {median[LCP]:.2f} s | {percent} "
                f"| {median[SIZE]:.0f} kB | {', '.join(misses(median))} |",
                flush=True,
            )
            missed += bool(misses(median))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
