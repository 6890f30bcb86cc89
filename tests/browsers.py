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
    """Return them for Debian's Chromium where there is one, else for Playwright's own."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    without = f"--disable-features={','.join([*disabled_by_playwright(), *UNSEEN])}"
    return {**given, **({"executable_path": chromium} if chromium else {}), "args": [*ARGUMENTS, without]}


def disabled_by_playwright() -> list[str]:
    """Return the features that Playwright switches off: of two such options only the later one counts."""
    listed = re.search(r"disabledFeatures = \[(.*?)\]", DRIVER.read_text(), re.DOTALL)
    assert listed
    return re.findall(r'^ *"(\w+)"', listed[1], re.MULTILINE)
