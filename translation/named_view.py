"""A mixin for views of the admin."""

from typing import Any

from core.internals.wagtail_admin import WagtailAdminTemplateMixin


class NamedView(WagtailAdminTemplateMixin):
    """A mixin for admin views that shows the title of the page instead of breadcrumbs: these would only lead to
    the dashboard, and on a phone the end of longer ones is cut off."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return []
