from django import template
from django.template import Context

from campaigns.feeds.atom import FeedLink, feed_links
from campaigns.models import CampaignPage

register = template.Library()


@register.simple_tag(takes_context=True)
def feeds(context: Context) -> list[FeedLink]:
    """Those of the page: of its campaign (the page or that of an edition), and of what the news are filtered
    by. No query."""
    page = context.get("page")
    campaign = page if isinstance(page, CampaignPage) else context.get("campaign")
    chosen = {each.name: each.value for each in context.get("filters") or []}
    return feed_links(
        campaign if isinstance(campaign, CampaignPage) else None,
        chosen.get("campaign", ""),
        chosen.get("topic", ""),
    )
