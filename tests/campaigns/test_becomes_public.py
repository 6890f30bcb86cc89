"""The editor asks before somebody becomes public: for the names, faces and quoted words of the list."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from campaigns.models import NewsCampaign, NewsPage, Person, Quote
from core.models import PublishConfirmation
from core.publishing.forms import CONFIRMED
from core.publishing.gate import Publication, confirmed
from tests import factories
from tests.becoming_public import NAME, WORDS, digest_in, is_live, panel_of, publish, story_data
from tests.going_live import edit_url
from tests.saving import SCRIPT
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@scene
def story(story_of_somebody):
    return story_of_somebody


def test_editor__asks_with_the_list_and_publishes_once_it_is_confirmed(client, publisher, story):
    asked = publish(client, story)

    assert asked.status_code == 200
    assert not is_live(story)
    panel = panel_of(asked)
    assert panel.legend.text == "Becomes public"
    assert f"Name: {NAME}" in " ".join(panel.text.split())
    assert f"Quoted words: {WORDS}" in " ".join(panel.text.split())
    assert "A survivor of trafficking or violence" in panel.text
    assert "checked" not in panel.find("input", {"name": CONFIRMED}).attrs

    done = publish(client, story, **{CONFIRMED: digest_in(asked)})

    assert done.status_code == 302
    assert is_live(story)
    assert Person.objects.get(name=NAME).live
    story.refresh_from_db()
    stored = PublishConfirmation.objects.get(revision=story.get_latest_revision())
    assert stored.user == publisher
    assert {item["kind"] for item in stored.items} == {"name", "words"}
    assert NAME not in str(stored.items)
    assert WORDS not in str(stored.items)


def test_editor__asks_anew_where_the_list_has_changed_in_between(client, publisher, story, speaker):
    asked = publish(client, story)
    speaker.name = "Zarina Sodiqova of Romit"
    speaker.save_revision()

    again = publish(client, story, **{CONFIRMED: digest_in(asked)})

    assert again.status_code == 200
    assert not is_live(story)
    assert "of Romit" in panel_of(again).text
    assert digest_in(again) != digest_in(asked)


@pytest.mark.parametrize("sent", ["", "1", "on", "0" * 64])
def test_editor__takes_no_other_value_for_a_confirmation(client, publisher, story, sent):
    assert publish(client, story, **{CONFIRMED: sent}).status_code == 200
    assert not is_live(story)
    assert not PublishConfirmation.objects.exists()


@pytest.mark.parametrize("shows", ["adults", "minors", "survivors"])
def test_editor__lists_faces(client, publisher, site, shows):
    image = factories.SiteImageFactory(people=True, alt_texts={"en": "A woman by a gate"})
    image.shows = shows
    image.save()
    page = factories.NewsPageFactory(parent=site.news_index, live=False, lead_image=image)

    asked = publish(client, page)

    panel = panel_of(asked)
    assert "A woman by a gate" in panel.text
    assert panel.find("img")["alt"] == ""
    assert ("can be recognised" in panel.text) == (shows != "adults")
    publish(client, page, **{CONFIRMED: digest_in(asked)})
    assert is_live(page)


def test_editor__asks_nothing_where_nobody_is_shown(client, publisher, site):
    image = factories.SiteImageFactory()
    page = factories.NewsPageFactory(parent=site.news_index, live=False, lead_image=image)

    publish(client, page)

    assert is_live(page)
    assert not PublishConfirmation.objects.exists()


def test_editor__does_not_ask_again_for_who_is_live_there(client, publisher, story):
    with confirmed():
        story.get_latest_revision().publish()

    publish(client, story, title="Another title")

    story.refresh_from_db()
    assert story.title == "Another title"


def test_editor__of_a_live_page_asks_for_who_is_new(client, publisher, story):
    with confirmed():
        story.get_latest_revision().publish()
    image = factories.SiteImageFactory(people=True, alt_texts={"en": "A woman by a gate"})

    asked = publish(client, story, lead_image=str(image.pk))

    assert asked.status_code == 200
    [new] = [item for item in panel_of(asked).select("li") if item.find(string="new")]
    assert "A woman by a gate" in new.text
    assert Page.objects.get(pk=story.pk).specific.lead_image is None


def test_editor__keeps_a_confirmation_with_the_draft(client, publisher, story):
    """What is checked and saved is stored for a schedule, several at once, the API and launches."""
    digest = digest_in(client.get(edit_url(story)))

    client.post(edit_url(story), story_data(story, **{CONFIRMED: digest}))

    assert not is_live(story)
    assert "Confirmed on" in panel_of(client.get(edit_url(story))).text
    story.get_latest_revision().publish(user=publisher)
    assert is_live(story)


def test_editor__takes_no_confirmation_from_who_may_not_publish(client, site, story):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    shown = client.get(edit_url(story))

    client.post(edit_url(story), story_data(story, **{CONFIRMED: Publication(story).digest}))

    assert panel_of(shown).find("input") is None
    assert "Confirmed by the person who publishes." in panel_of(shown).text
    assert not PublishConfirmation.objects.exists()


def test_editor__of_a_new_page(client, publisher, site, speaker):
    image = factories.SiteImageFactory(people=True)
    model = factories.NewsPageFactory.build(
        parent=site.news_index, locale=site.locales["en"], topics=[], places=[]
    )
    url = reverse("wagtailadmin_pages:add", args=["campaigns", "newspage", site.news_index.pk])
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    data = story_data(
        model,
        slug="new-one",
        lead_image=str(image.pk),
        places=inline_formset([{"place": str(place.pk)}]),
        topic_ties=inline_formset([{"topic": str(topic.pk)}]),
        **{"action-publish": "1"},
    )

    asked = client.post(url, data)
    assert not NewsPage.objects.exists()
    client.post(url, {**data, CONFIRMED: digest_in(asked)})

    page = NewsPage.objects.get()
    assert page.live
    assert PublishConfirmation.objects.filter(revision__object_id=str(page.pk)).exists()


def quote_data(**fields) -> dict[str, Any]:
    empty = ("original_language", "date", "source", "consent_until", "consent_withdrawn")
    values = {
        "text": WORDS,
        "role": "camp participant",
        "who_speaks": "minor",
        "speaker": "",
        "campaign_ties": inline_formset([]),
        "consent_reference": "F-1",
        "consent_scope": "website",
        **dict.fromkeys(empty, ""),
        "action-publish": "1",
    }
    return nested_form_data({**values, **fields})


def test_editor__of_a_new_quote(client, publisher, site, speaker):
    url = reverse(Quote.snippet_viewset.get_url_name("add"))
    data = quote_data(speaker=str(speaker.pk))

    asked = client.post(url, data)
    assert not Quote.objects.exists()
    assert panel_of(asked).text.count("A child or young person under 18") == 2
    client.post(url, {**data, CONFIRMED: digest_in(asked)})

    assert Quote.objects.get().live
    assert Person.objects.get().live


def test_editor__of_a_person(client, publisher, speaker):
    url = reverse(Person.snippet_viewset.get_url_name("edit"), args=[speaker.pk])
    data = {"name": NAME, "honorific": "", "role": "", "organisation": "", "photo": "", "action-publish": "1"}

    asked = client.post(url, data)
    assert not Person.objects.get().live
    client.post(url, {**data, CONFIRMED: digest_in(asked)})

    assert Person.objects.get().live


def test_panel__follows_an_autosave(client, publisher, story, speaker):
    factories.QuoteFactory(live=False, source=story, text="And I stayed.")

    client.post(edit_url(story), story_data(story), headers=SCRIPT)

    url = BeautifulSoup(client.get(edit_url(story)).content, "html.parser").find(id="before-publishing")[
        "data-checks"
    ]
    assert "And I stayed." in client.get(url).content.decode()


def test_panel__names_the_places(client, publisher, site, story):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="Lantern Day")
    story.campaign_ties = [NewsCampaign(campaign=campaign)]
    story.save_revision()

    places = panel_of(client.get(edit_url(story))).find(attrs={"aria-labelledby": "becomes-public-places"})

    for place in ("This page", "Lantern Day", "Cards and lists", "Search", "API", "News feed"):
        assert place in places.text
