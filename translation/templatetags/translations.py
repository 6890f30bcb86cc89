from django import template
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.template import Context
from django.urls import reverse
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.models import Page
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail_localize.models import Translation

from core.typed import Translatable
from translation.review.editor_panel import EditorPanel

register = template.Library()


@register.simple_tag(takes_context=True)
def mend_status_panel(context: Context, target: Translatable) -> str:
    """wagtail-localize's editor makes a piece's panel by the general class, which fails on a piece in a workflow:
    it lacks what the class for pieces takes from the page around it."""
    if isinstance(target, Page):
        return ""
    for panel in context["side_panels"]:
        if type(panel) is StatusSidePanel:
            panel.__class__ = SnippetStatusSidePanel
    viewset = target.snippet_viewset
    context["revisions_compare_url_name"] = viewset.get_url_name("revisions_compare")
    context["workflow_history_url"] = reverse(viewset.get_url_name("workflow_history"), args=[quote(target.pk)])
    return ""


@register.inclusion_tag("admin/translation/editor_panel.html")
def translation_panel(translation: Translation, target: Translatable, user: User) -> dict[str, EditorPanel]:
    return {"panel": EditorPanel(translation, target, user)}
