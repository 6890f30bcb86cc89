"""A copy of the site's helpline outside the database, for the page that says that something went wrong."""

import json
import logging
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings

from core.helplines.cards import HelplineCard, card
from core.models import Helpline

logger = logging.getLogger(__name__)

FIELDS = ("number", "hours", "exceptions", "time_zone", "languages", "texts")


def write_copy(keys: list[str] | None = None) -> bool:
    """Write the copy where it differs from the database, and return whether it did. The file is replaced as a
    whole: a reader finds the old one or the new one. Raise OSError where the folder cannot be written."""
    wanted = json.dumps(_state(), ensure_ascii=False, indent=1)
    path = Path(settings.HELPLINE_COPY)
    if path.is_file() and path.read_text(encoding="utf-8") == wanted:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(wanted)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def copied_card() -> HelplineCard | None:
    """Return the site's helpline in the active language, without the database; None where there is no copy. Never
    raises: an error page must be drawn whatever the file holds."""
    try:
        stored = json.loads(Path(settings.HELPLINE_COPY).read_text(encoding="utf-8"))
        return card(SimpleNamespace(**{name: stored[name] for name in FIELDS})) if stored else None
    except FileNotFoundError:
        logger.warning("There is no copy of the helpline: %s", settings.HELPLINE_COPY)
    except Exception:
        logger.exception("The copy of the helpline cannot be read: %s", settings.HELPLINE_COPY)
    return None


def _state() -> dict:
    rows = {row.pk: row for row in Helpline.objects.order_by("-is_primary", "pk")}
    primary = next(iter(rows.values()), None)
    if primary and primary.replaced_by_id:
        primary = rows[primary.replaced_by_id]
    return {name: getattr(primary, name) for name in FIELDS} if primary else {}
