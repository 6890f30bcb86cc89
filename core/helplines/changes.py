"""What a change of a helpline sets off: an entry in the log with what readers saw before and see now, a mail to
the publishers, the copy for error pages, and a line of the journal. All of it is recorded in the transaction of
the change."""

from typing import Any

from wagtail.log_actions import get_active_log_context, log

from core import work
from core.journal.recording import entry_of, record
from core.typed import Translatable

ACTION = "core.helpline.change"
MAIL = "mail a changed helpline"
COPY = "copy the helplines for error pages"


def record_change(helpline: Translatable, old: dict[str, Any] | None, new: dict[str, Any] | None) -> None:
    """Record that readers see `new` instead of `old`; None stands for a helpline that is not there."""
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
