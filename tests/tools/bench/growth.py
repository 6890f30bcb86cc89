"""What pages and actions cost on sites of more and more stories."""

from collections.abc import Sequence

from tests.tools.bench.sites import Site, say

MODULE = "tests.tools.bench.measured"
LIMIT = 1.2
LOOSER = {"explorer": 2.0, "search": 2.0, "search of pages": 2.0}
"""How many times as much the largest site may cost; sitemaps only have to be bounded in memory."""
UNLIMITED = "sitemap"
COUNTS = ("queries", "calls", "rows")
Costs = dict[str, float]


def measure(sites: Sequence[Site]) -> dict[str, list[Costs]]:
    """Return what each page and action costs on each of the sites."""
    found: dict[str, list[Costs]] = {}
    for site in sites:
        site.make()
        for name in site.call(MODULE, "names"):
            try:
                costs: Costs = site.call(MODULE, "costs", name)
            except RuntimeError as error:
                say(str(error))
                costs = {}
            say(f"{site.name}, {name}: {costs or 'failed'}")
            found.setdefault(name, []).append(costs)
        say(f"{site.name}: {site.call(MODULE, 'resident') / 2**20:.0f} MB at most")
        site.end_calls()
    return found


def table(sites: Sequence[Site], costs: dict[str, list[Costs]]) -> list[str]:
    """Return the costs as a table in Markdown: in a cell those of the sites from the smallest to the largest, and
    the last divided by the first, with a mark where that is above the limit."""
    rows = "steps (k)" if sites[0].database == "SQLite" else "rows read (k)"
    lines = [
        f"{sites[0].database}, sites of {', '.join(f'{site.stories:,}' for site in sites)} stories",
        "",
        f"| Page or action | queries | Python calls (k) | {rows} | CPU ms | memory MB |",
        "|---|---|---|---|---|---|",
    ]
    for name, of_sites in costs.items():
        cells = [_cell(name, of_sites, "queries", 1, 0)]
        cells += [_cell(name, of_sites, key, 1000, 1) for key in ("calls", "rows")]
        cells += [_cell(name, of_sites, "cpu", 0.001, 0), _cell(name, of_sites, "memory", 2**20, 1)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _cell(name: str, of_sites: list[Costs], key: str, unit: float, places: int) -> str:
    shown = " / ".join(f"{costs[key] / unit:,.{places}f}" if costs else "failed" for costs in of_sites)
    first, last = of_sites[0].get(key), of_sites[-1].get(key)
    if len(of_sites) == 1 or not first or last is None:
        return shown
    ratio = last / first
    too_much = key in COUNTS and not name.startswith(UNLIMITED) and ratio > LOOSER.get(name, LIMIT)
    return f"{shown} = **{ratio:.2f}**" if too_much else f"{shown} = {ratio:.2f}"
