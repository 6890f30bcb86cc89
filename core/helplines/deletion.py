"""Signal receivers for the deletion of helplines. A helpline that readers see must not be deleted."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from core.findings import DeletionRefused
from core.helplines.changes import record_change
from core.helplines.models import Helpline


def refuse_where_shown(instance: Helpline, **kwargs: Any) -> None:
    """Receiver: raise DeletionRefused before the site's helpline (`is_primary`), or one that anything refers to,
    is deleted."""
    if instance.is_primary:
        message = _("The site's helpline is shown on every page. Mark another one as the site's helpline first.")
    elif ReferenceIndex.get_references_to(instance).exists():
        message = _("Pages show this helpline. First choose another one under “Replaced by”.")
    else:
        return
    raise DeletionRefused(instance, {"__all__": [message]})  # type: ignore[arg-type]  # it has no languages


def record_deletion(instance: Helpline, **kwargs: Any) -> None:
    """Receiver: record the change after a helpline was deleted."""
    record_change(instance, instance.state(), None)
