"""The tag that links to the editor of an object."""

from typing import Any

from django import template
from django.template import Context
from wagtail.admin.admin_url_finder import AdminURLFinder

from core.typed import Translatable

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_url(context: Context, subject: Translatable) -> str | None:
    """Return the URL at which the current user may edit an object, or None if they may not."""
    finder: Any = context.render_context.setdefault("admin_url_finder", AdminURLFinder(context["request"].user))
    return finder.get_edit_url(subject)
