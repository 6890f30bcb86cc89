"""Which quotes come from the story that shows them."""

from campaigns.models import Quote
from tests import factories
from tests.going_live import with_voices
from tests.scenes import scene


@scene
def story(site):
    return factories.NewsPageFactory(parent=site.news_index, live=False)


def test_story__becomes_the_source_of_a_quote_that_was_made_for_it(story):
    quote = factories.QuoteFactory(live=False)
    with_voices(story, quote)

    story.save_revision().publish()
    quote.refresh_from_db()
    quote.get_latest_revision().publish()

    quote.refresh_from_db()
    assert quote.source == story


def test_story__is_not_the_source_of_quotes_that_stand_by_themselves(site, story):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    other = factories.NewsPageFactory(parent=site.news_index)
    sourced = factories.QuoteFactory(source=other)
    live = factories.QuoteFactory(campaigns=[campaign])
    tied = factories.QuoteFactory(campaigns=[campaign], live=False)
    earlier = factories.QuoteFactory()
    with_voices(story, sourced, live, tied, earlier)

    story.save_revision().publish()

    sources = [Quote.objects.get(pk=each.pk).source for each in (sourced, live, tied, earlier)]
    assert sources == [other, None, None, None]
    assert Quote.objects.get(pk=tied.pk).live
