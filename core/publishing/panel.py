"""The editor's panel of findings. It is updated after each autosave: Wagtail answers an autosave with parts of the
page, and templates/wagtailadmin/generic/edit_partials.html adds this panel to them."""

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
