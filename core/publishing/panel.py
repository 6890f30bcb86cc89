"""The panel that says, while somebody writes, what stands against publishing. It follows each autosave: Wagtail
answers one with parts of the page, and ours is among them (templates/wagtailadmin/generic/edit_partials.html)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class PublishPanel(Panel):
    def __init__(self, **kwargs: Any):
        super().__init__(**{"heading": _("Before it can be published"), "icon": "clipboard-list", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/panels/before_publishing.html"

        class Media:
            css = {"all": ["admin/css/publishing.css"]}
            js = ["admin/js/passages.js"]
