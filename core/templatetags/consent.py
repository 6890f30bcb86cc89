from django import template
from django.db import models
from django.template import RequestContext

from core.consent.panels import withdrawal_context

register = template.Library()


@register.inclusion_tag("admin/consent/state.html", takes_context=True)
def consent_state(context: RequestContext, instance: models.Model) -> dict:
    """Show whether consent was withdrawn, and the way to withdraw it."""
    return withdrawal_context(instance, context["request"].user)
