"""A copy of the site's helpline outside the database, for error pages.

The file HELPLINE_COPY has the fields of the helpline. Beside it is one file for each language with the whole page
that readers get while the database does not answer.
"""

import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from core.helplines.cards import HelplineCard, card
from core.helplines.models import Helpline
from core.languages.site_languages import all_languages
from core.whole_files import whole_file

logger = logging.getLogger(__name__)

FIELDS = ("number", "hours", "exceptions", "time_zone", "languages", "texts")
PAGE = "unavailable.{code}.html"


def write_copy(keys: list[str] | None = None) -> bool:
    """Write the copy, and the page of each language, that differ from what the database says, and return whether
    any did. Pages are left out while static files are not collected. Files are replaced atomically. Raise OSError
    if the folder cannot be written. `keys` is ignored; recorded work passes it."""
    state = _state()
    changed = _replace(Path(settings.HELPLINE_COPY), json.dumps(state, ensure_ascii=False, indent=1))
    for language in all_languages():
        if page := _drawn(language.code, state):
            changed |= _replace(page_path(language.code), page)
    return changed


def copied_card() -> HelplineCard | None:
    """Return the card of the site's helpline in the active language from the file, without the database. Return
    None if there is no usable copy or the site has no helpline; never raise, as an error page must be drawn in any
    case."""
    try:
        return _card(json.loads(Path(settings.HELPLINE_COPY).read_text(encoding="utf-8")))
    except FileNotFoundError:
        logger.warning("There is no copy of the helpline: %s", settings.HELPLINE_COPY)
    except Exception:
        logger.exception("The copy of the helpline cannot be read: %s", settings.HELPLINE_COPY)
    return None


def page_path(code: str) -> Path:
    """Return the path of the page that readers of a language get while the database does not answer."""
    return Path(settings.HELPLINE_COPY).with_name(PAGE.format(code=code))


def _drawn(code: str, state: dict[str, Any]) -> str:
    """Return the error page in a language, or "" if static files are not collected yet."""
    try:
        with translation.override(code):
            return render_to_string("500.html", {"navigation": None, "helpline": _card(state)})
    except ValueError as error:
        logger.warning("The page for outages is not written: %s", error)
        return ""


def _replace(path: Path, wanted: str) -> bool:
    """Write a file unless it has the wanted content already, and return whether it was written."""
    if path.is_file() and path.read_bytes() == wanted.encode():
        return False
    with whole_file(path, for_all=True) as file:
        file.write(wanted.encode())
    return True


def _card(state: dict[str, Any]) -> HelplineCard | None:
    return card(SimpleNamespace(**{name: state[name] for name in FIELDS})) if state else None


def _state() -> dict[str, Any]:
    """Return the fields of the site's helpline or of the one that replaces it; empty if there is none."""
    rows = {row.pk: row for row in Helpline.objects.order_by("-is_primary", "pk")}
    primary = next(iter(rows.values()), None)
    if primary and primary.replaced_by_id:
        primary = rows[primary.replaced_by_id]
    return {name: getattr(primary, name) for name in FIELDS} if primary else {}
