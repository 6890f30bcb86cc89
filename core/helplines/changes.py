"""The effects of a changed helpline, recorded in the transaction of the change: a log entry with the old and the
new state, a mail to the publishers, the copy for error pages, and a journal entry."""

from typing import TYPE_CHECKING, Any

from wagtail.log_actions import log

from core import work
from core.internals.wagtail_models import get_active_log_context
from core.journal.recording import entry_of, record

if TYPE_CHECKING:
    from core.helplines.models import Helpline

ACTION = "core.helpline.change"
MAIL = "mail a changed helpline"
COPY = "copy the helplines for error pages"


def record_change(helpline: "Helpline", old: dict[str, Any] | None, new: dict[str, Any] | None) -> None:
    """Record a change from the state `old` to `new` (see `Helpline.state`): in the log and the journal, and as
    recorded work that mails the publishers and writes the copy for error pages. None for `old` means that the
    helpline is new, for `new` that it was deleted."""
    entry = log(
        helpline,
        ACTION,
        user=get_active_log_context().user,
        title=str(helpline),
        data={"old": old, "new": new},
        content_changed=True,
    )
    work.record(MAIL, [str(entry.pk)])
    work.record(COPY, ["all"])
    replaced_by = helpline.replaced_by_id if new else None
    record([entry_of(ACTION, helpline, state=new and {**new, "replaced_by": replaced_by})])
