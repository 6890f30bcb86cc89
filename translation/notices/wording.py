"""The details of notices, in the language of each person."""

import re

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def _source_changed() -> str:
    return _("Text was changed, added or removed in the source.")


source_changed = lazy(_source_changed, str)


def _submitted_detail(others: int, pictures: int) -> str:
    parts = []
    if others:
        parts.append(ngettext("%(count)d other item", "%(count)d other items", others) % {"count": others})
    if pictures:
        text = ngettext("%(count)d alternative text", "%(count)d alternative texts", pictures)
        parts.append(text % {"count": pictures})
    return _("Together with: %(items)s.") % {"items": ", ".join(parts)} if parts else ""


submitted_detail = lazy(_submitted_detail, str)


def _counts() -> str:
    return _("%(approved)d approved, %(refused)d with requested changes.")


def counts_of(detail: str) -> str:
    """Return how many things a `decided_detail` in the active language says were decided, without the reason;
    empty if it says nothing of that."""
    first, _newline, _reason = detail.partition("\n")
    pattern = re.sub(r"%\\\((?:approved|refused)\\\)d", r"\\d+", re.escape(_counts()))
    return first if re.fullmatch(pattern, first) else ""


def _decided_detail(count: int, refused: int, reason: str) -> str:
    text = _counts() % {"approved": count - refused, "refused": refused}
    return f"{text}\n{reason}" if reason else text


decided_detail = lazy(_decided_detail, str)
