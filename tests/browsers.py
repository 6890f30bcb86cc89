"""How tests start a browser."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import playwright

DRIVER = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "coreBundle.js"
# Two pages of Chromium's own in each window, for a list below the address bar that nobody opens here.
UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"]
# Debian's Chromium without windows of its own takes a quarter less time than the whole one.
SHELL, WHOLE = "chromium-headless-shell", ("chromium", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch_arguments(given: dict[str, Any]) -> dict[str, Any]:
    """Return them for a browser that is installed, if there is one, else for Playwright's own."""
    found = installed(SHELL, *WHOLE)
    without = f"--disable-features={','.join([*disabled_by_playwright(), *UNSEEN])}"
    return {**given, **({"executable_path": found} if found else {}), "args": [*ARGUMENTS, without]}


def installed(*names: str) -> str | None:
    """Return where the first of these browsers is that there is, or what CHROMIUM says."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def disabled_by_playwright() -> list[str]:
    """Return the features that Playwright switches off: of two such options only the later one counts."""
    listed = re.search(r"disabledFeatures = \[(.*?)\]", DRIVER.read_text(), re.DOTALL)
    assert listed
    return re.findall(r'^ *"(\w+)"', listed[1], re.MULTILINE)
