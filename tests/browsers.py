"""How tests start a browser."""

import os
import shutil
from typing import Any

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
    return {**given, **({"executable_path": chromium} if chromium else {}), "args": ARGUMENTS}
