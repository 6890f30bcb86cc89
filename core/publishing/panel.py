"""The editor's panel of findings. After an autosave, static/admin/js/editing.js asks for its content again
(`core.publishing.views.checks_view`): the checks take longer than saving, which does not wait for them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class PublishPanel(Panel):
    """The panel “Publishing checks”, which lists the findings of the publishing checks."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"heading": _("Publishing checks"), "icon": "clipboard-list", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/panels/before_publishing.html"

        class Media:
            css = {"all": ["admin/css/publishing.css"]}
            js = ["admin/js/passages.js"]
