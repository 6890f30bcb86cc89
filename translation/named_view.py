from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class NamedView(WagtailAdminTemplateMixin):
    """What the screen is about stands at its head. In Wagtail's breadcrumbs nothing but the way home would stand
    there, and on a telephone the end of a longer way is cut off."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return []
