"""The panel of notices on the dashboard."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from translation.notices.views import notices_of

SHOWN = 10


class NoticesPanel(Component):
    """The dashboard panel with the newest notices that the user has not seen, at most SHOWN (one query)."""

    name = "translation_notices"
    template_name = "admin/notices/panel.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        # Load one more than is shown, to know whether there are others.
        notices = list(notices_of(request.user).filter(seen_at=None)[: SHOWN + 1])
        return {"request": request, "notices": notices[:SHOWN], "more": len(notices) > SHOWN}
