"""Template tags that link to the calendar and the feeds."""

from django import template
from django.template import Context
from django.urls import reverse

from campaigns.feeds.atom import FeedLink, feed_links
from campaigns.models import CampaignPage
from core.http.origin import absolute

register = template.Library()


@register.inclusion_tag("components/calendar.html", takes_context=True)
def calendar_links(context: Context) -> dict[str, str]:
    """Show the links to the calendar: `subscribe` with the scheme `webcal:`, and `address` with that of the
    site."""
    address = absolute(context["request"], reverse("calendar"))
    return {"address": address, "subscribe": f"webcal:{address.partition(':')[2]}"}


@register.simple_tag(takes_context=True)
def feeds(context: Context) -> list[FeedLink]:
    """Return the feeds that the page announces: of its campaign (the page itself or that of an edition) or the
    campaign by which the list of stories is filtered, of the topic by which the list is filtered, if any, and of
    all stories. No query."""
    page = context.get("page")
    campaign = page if isinstance(page, CampaignPage) else context.get("campaign")
    chosen = {each.name: each.value for each in context.get("filters") or []}
    return feed_links(
        campaign if isinstance(campaign, CampaignPage) else None,
        chosen.get("campaign", ""),
        chosen.get("topic", ""),
    )
