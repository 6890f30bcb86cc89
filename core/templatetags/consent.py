from typing import Any

from django import template
from django.template import RequestContext

from core.consent.panels import withdrawal_context
from core.typed import Translatable

register = template.Library()


@register.inclusion_tag("admin/consent/state.html", takes_context=True)
def consent_state(context: RequestContext, instance: Translatable) -> dict[str, Any]:
    """Show whether consent was withdrawn, and the way to withdraw it."""
    return withdrawal_context(instance, context["request"].user)
