"""Tags for previews in the admin."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from core.internals.wagtail_admin import wagtailuserbar

register = template.Library()


@register.simple_tag(takes_context=True)
def content_checker(context: Context) -> SafeString | str:
    """Return Wagtail's user bar, with which the editor's panel “Checks” checks the preview; empty outside of the
    preview panel."""
    request = context.get("request")
    return wagtailuserbar(context) if getattr(request, "in_preview_panel", False) else ""
