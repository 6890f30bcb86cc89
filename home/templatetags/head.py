from django import template
from django.template import Context

from home.head import Head

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> Head:
    return Head(context)
