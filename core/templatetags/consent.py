"""The tag that shows the state of consent in the admin."""

from typing import Any

from django import template
from django.template import RequestContext

from core.consent.panels import withdrawal_context
from core.consent.withdrawable import Withdrawable

register = template.Library()


@register.inclusion_tag("admin/consent/state.html", takes_context=True)
def consent_state(context: RequestContext, instance: Withdrawable) -> dict[str, Any]:
    """Show whether consent for an object was withdrawn, or a link to withdraw it if the current user may."""
    return withdrawal_context(instance, context["request"].user)
