"""Template tags for the editor of wagtail-localize."""

from django import template
from django.contrib.auth.models import User
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as localized  # Its texts are in the catalogue of wagtail-localize.
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.internals.django import quote
from core.internals.wagtail_admin import SnippetStatusSidePanel, StatusSidePanel
from core.typed import Translatable
from translation.review.editor_panel import EditorPanel

register = template.Library()


@register.simple_tag(takes_context=True)
def mend_status_panel(context: Context, target: Translatable) -> str:
    """Replace the status panel in the context of wagtail-localize's editor by the one for snippets, and return an
    empty string; do nothing for pages. The general panel fails on a snippet in a workflow, because the context
    lacks the names of URLs that it needs."""
    if isinstance(target, Page):
        return ""
    for panel in context["side_panels"]:
        if type(panel) is StatusSidePanel:
            panel.__class__ = SnippetStatusSidePanel
    viewset = target.snippet_viewset  # type: ignore[attr-defined]  # set by Wagtail's registration
    context["revisions_compare_url_name"] = viewset.get_url_name("revisions_compare")
    context["workflow_history_url"] = reverse(viewset.get_url_name("workflow_history"), args=[quote(target.pk)])
    return ""


@register.simple_tag
def title_of(translation: Translation) -> str:
    """Return the title of the editor. wagtail-localize makes an object of the whole source for it."""
    words = {"instance": translation.source.object_repr, "locale": translation.target_locale}
    return localized("Translation of %(instance)s into %(locale)s") % words


@register.inclusion_tag("admin/translation/editor_panel.html")
def translation_panel(translation: Translation, target: Translatable, user: User) -> dict[str, EditorPanel]:
    return {"panel": EditorPanel(translation, target, user)}
