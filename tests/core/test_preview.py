"""A preview is what readers see after publishing, and no more."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import Person, Quote
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)


@scene
def story(site):
    page = factories.NewsPageFactory(parent=site.news_index, live=False, title="Lanterns over the river")
    page.save_revision()
    return page


def main_of(response) -> str:
    """The main content without what names the address of a picture's file."""
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return str(main)


def pick(page, *quotes, **value) -> None:
    page.body = [("voices", {"heading": "", "limit": 6, "picks": list(quotes), "only_picked": False, **value})]
    page.save_revision()


def draft_view(page) -> str:
    return reverse("wagtailadmin_pages:view_draft", args=[page.pk])


def assert_as_published(client, page, *words: str, without: tuple[str, ...] = ()) -> None:
    """The draft's view says these words, and so does the page after it was published, to the letter."""
    page = Page.objects.get(pk=page.pk).specific
    preview = main_of(client.get(draft_view(page)))
    assert not Page.objects.get(pk=page.pk).live
    page.get_latest_revision().publish()
    # At the site's own host, as the preview is drawn.
    public = main_of(client.get(page.get_url(), headers={"host": page.get_site().hostname}))
    assert preview == public
    assert [word for word in words if word not in preview] == []
    assert [word for word in without if word in preview] == []


def test_preview__draft_speaker_beside_a_picked_quote_is_named(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    quote = factories.QuoteFactory(live=False, speaker=speaker, role="a survivor, Romit", text="I came home.")
    pick(story, quote)

    assert_as_published(client, story, "Zarina Sodiqova", "a survivor, Romit", "I came home.")


def test_preview__draft_speaker_without_a_role_is_named(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova", honorific="Ms.")
    pick(story, factories.QuoteFactory(live=False, speaker=speaker, role=""))

    assert_as_published(client, story, "Ms. Zarina Sodiqova")


def test_preview__draft_quote_of_the_story_is_shown_unpicked(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    factories.QuoteFactory(live=False, source=story, speaker=speaker, text="I came home.")
    factories.TakeawayFactory(live=False, source=story, statement="Ask who pays.")
    factories.KeyFigureFactory(live=False, story=story, value="7 in 9")

    assert_as_published(client, story, "Zarina Sodiqova", "I came home.", "Ask who pays.", "7 in 9")


def test_preview__draft_is_drawn_from_its_newest_revision(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Old name")
    speaker.name = "Zarina Sodiqova"
    speaker.save_revision()
    quote = factories.QuoteFactory(live=False, speaker=speaker, text="Old words.")
    quote.text = "I came home."
    quote.save_revision()
    pick(story, quote)

    assert_as_published(client, story, "Zarina Sodiqova", "I came home.", without=("Old name", "Old words."))


def test_preview__changed_draft_of_a_live_speaker_shows_what_readers_see(client, publisher, story):
    speaker = factories.PersonFactory(name="Zarina S.")
    speaker.name = "Zarina Sodiqova"
    speaker.save_revision()
    pick(story, factories.QuoteFactory(live=False, speaker=speaker))

    assert_as_published(client, story, "Zarina S.", without=("Zarina Sodiqova",))


def test_preview__photo_of_a_draft_speaker_is_shown(client, publisher, story):
    photo = factories.SiteImageFactory(people=True)
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova", photo=photo)
    pick(story, factories.QuoteFactory(live=False, speaker=speaker))

    assert_as_published(client, story, "Zarina Sodiqova", "<img")


def test_preview__draft_partner_is_named(client, publisher, site):
    partner = factories.OrganisationFactory(live=False, name="House of Lanterns")
    story = factories.NewsPageFactory(parent=site.news_index, live=False, partners=[partner])
    story.save_revision()

    assert_as_published(client, story, "House of Lanterns")


def test_preview__draft_place_and_topic_are_named(client, publisher, site):
    place = factories.PlaceFactory(live=False, name="Romit")
    topic = factories.TopicFactory(live=False, name="Coming home")
    story = factories.NewsPageFactory(parent=site.news_index, live=False, places=[place], topics=[topic])
    story.save_revision()

    assert_as_published(client, story, "Romit", "Coming home")


def test_preview__draft_that_does_not_go_live_with_it_is_not_shown(client, publisher, site, story):
    speaker = factories.PersonFactory(name="Zarina Sodiqova")
    speaker.unpublish()
    offline = factories.QuoteFactory(text="Taken back.")
    offline.unpublish()
    waiting = factories.QuoteFactory(live=False, text="For later.")
    waiting.go_live_at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
    waiting.save_revision()
    foreign = factories.QuoteFactory(live=False, locale="ru", text="Я вернулась.")
    shown = factories.QuoteFactory(live=False, speaker=speaker, text="I came home.")
    pick(story, offline, waiting, foreign, shown)

    assert_as_published(
        client,
        story,
        "I came home.",
        without=("Zarina Sodiqova", "Taken back.", "For later.", "Я вернулась."),
    )


def test_preview__quote_made_for_the_story_is_its_own_in_every_block(client, publisher, story):
    quote = factories.QuoteFactory(live=False, text="I came home.")
    block = {"limit": 6, "picks": [quote], "only_picked": True, "heading": "First"}
    story.body = [("voices", block), ("voices", {**block, "picks": [], "only_picked": False, "heading": "Second"})]
    story.save_revision()

    assert_as_published(client, story, "First", "Second")


@pytest.mark.parametrize("consent", [{"consent_until": YESTERDAY}, {"consent_withdrawn": YESTERDAY}])
def test_preview__quote_whose_consent_has_ended_is_not_shown(client, publisher, story, consent):
    ended = factories.QuoteFactory(live=False, source=story, text="I came home.")
    Quote.objects.filter(pk=ended.pk).update(**consent)
    ended.refresh_from_db()
    ended.save_revision()

    assert "I came home." not in main_of(client.get(draft_view(story)))


def test_preview__withdrawal_that_the_draft_does_not_know_holds(client, publisher, story):
    quote = factories.QuoteFactory(live=False, source=story, text="I came home.")
    quote.save_revision()
    Quote.objects.filter(pk=quote.pk).update(consent_withdrawn=YESTERDAY)

    assert "I came home." not in main_of(client.get(draft_view(story)))


@pytest.mark.parametrize("index", ["campaign", "edition"])
def test_preview__campaign_and_edition_are_drawn_as_published(client, publisher, site, index):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    quote = factories.QuoteFactory(live=False, speaker=speaker, text="I came home.")
    page = factories.CampaignPageFactory(parent=site.campaign_index, live=index == "edition")
    if index == "edition":
        factories.EditionPageFactory(parent=page, year=2023)
        page = factories.EditionPageFactory(parent=page, year=2024, live=False)
    pick(page, quote)

    assert_as_published(client, page, "Zarina Sodiqova", "I came home.")


def test_preview__keeps_nothing(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Old name")
    speaker.name = "Zarina Sodiqova"
    speaker.save_revision()
    pick(story, factories.QuoteFactory(live=False, speaker=speaker))

    client.get(draft_view(story))

    speaker.refresh_from_db()
    assert (speaker.live, speaker.name, speaker.first_published_at) == (False, "Old name", None)
    assert not Quote.objects.filter(live=True).exists()
    assert client.get(story.get_url()).status_code == 404


def story_data(story, **fields) -> dict[str, Any]:
    values = {
        "title": story.title,
        "slug": story.slug,
        "date": "2024-08-16",
        "dateline_date": "",
        "summary": story.summary,
        "lead_image": "",
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        **{name: inline_formset([]) for name in ("places", "campaign_ties", "project_ties", "partner_ties")},
        **{name: inline_formset([]) for name in ("topic_ties", "sdg_ties")},
    }
    return nested_form_data({**values, **fields})


def test_preview__of_the_form_shows_what_was_typed(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    quote = factories.QuoteFactory(live=False, speaker=speaker, text="I came home.")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    voices = {"heading": "", "limit": "3", "only_picked": "", "picks-count": "1"}
    voices |= {"picks-0-deleted": "", "picks-0-order": "0", "picks-0-type": "item", "picks-0-value": str(quote.pk)}
    data = story_data(story, body=streamfield([("voices", voices)]), title="Typed anew")

    assert client.post(url, data).json()["is_valid"]
    main = main_of(client.get(url))

    assert "Typed anew" in main
    assert "Zarina Sodiqova" in main


def test_preview__of_a_new_page_shows_who_goes_live_with_it(client, publisher, site, story):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    quote = factories.QuoteFactory(live=False, speaker=speaker, text="I came home.")
    args = ["campaigns", "newspage", site.news_index.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=args)
    voices = {"heading": "", "limit": "3", "only_picked": "", "picks-count": "1"}
    voices |= {"picks-0-deleted": "", "picks-0-order": "0", "picks-0-type": "item", "picks-0-value": str(quote.pk)}
    data = story_data(story, body=streamfield([("voices", voices)]), slug="another")

    assert client.post(url, data).json()["is_valid"]

    assert "Zarina Sodiqova" in main_of(client.get(url))


def test_preview__of_a_revision_that_is_scheduled(client, publisher, story):
    speaker = factories.PersonFactory(live=False, name="Zarina Sodiqova")
    story.go_live_at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=3)
    pick(story, factories.QuoteFactory(live=False, speaker=speaker))
    url = reverse("wagtailadmin_pages:revisions_view", args=[story.pk, story.latest_revision_id])

    assert "Zarina Sodiqova" in main_of(client.get(url))


def preview_of(client, snippet) -> str:
    """Of the form, with the snippet's own values."""
    response = snippet.make_preview_request(None, snippet.default_preview_mode)
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    return main.text


def test_preview__of_a_quote_names_a_draft_speaker_by_its_newest_revision(site):
    speaker = factories.PersonFactory(live=False, name="Old name")
    speaker.name = "Zarina Sodiqova"
    speaker.save_revision()
    quote = factories.QuoteFactory(live=False, speaker=speaker, text="I came home.")

    text = preview_of(None, quote)

    assert "Zarina Sodiqova" in text
    assert "Old name" not in text


def test_preview__of_a_quote_names_no_speaker_who_stays_offline(site):
    speaker = factories.PersonFactory(name="Zarina Sodiqova")
    speaker.unpublish()

    assert "Zarina Sodiqova" not in preview_of(None, factories.QuoteFactory(live=False, speaker=speaker))


def test_preview__of_a_person_names_no_organisation_of_another_language(site):
    foreign = factories.OrganisationFactory(live=False, name="Дом фонарей", locale="ru")
    own = factories.OrganisationFactory(live=False, name="House of Lanterns")

    assert "Дом фонарей" not in preview_of(None, factories.PersonFactory(live=False, organisation=foreign))
    assert "House of Lanterns" in preview_of(None, factories.PersonFactory(live=False, organisation=own))
    assert not Person.objects.filter(live=True).exists()
