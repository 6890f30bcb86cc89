"""Template tag for the metadata in the head of a page."""

from django import template
from django.template import Context

from home.head import Head

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> Head:
    """Return the metadata of the page that the context belongs to: {% page_head as head %}."""
    return Head(context)
