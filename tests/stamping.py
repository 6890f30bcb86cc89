"""What follows a change after its commit, and stamps of long ago."""

import datetime
import time
from pathlib import Path
from unittest.mock import patch

from django.utils import timezone

from core import work
from core.stamps.stamping import stamp_file

LONG_AGO = datetime.datetime(2024, 5, 1, 8, tzinfo=datetime.UTC)


def settle() -> None:
    """Write the lists, and stamp what was recorded."""
    work.perform("listings")
    work.perform("stamps")


def stand_for_long(settings, folder: Path) -> None:
    """Go on with stamps by which nothing has changed since LONG_AGO."""
    settle()
    settings.STAMPS = str(folder / f"stamps-{timezone.now().timestamp()}")
    with patch.object(time, "time_ns", return_value=int(LONG_AGO.timestamp() * 1_000_000_000)):
        stamp_file()
