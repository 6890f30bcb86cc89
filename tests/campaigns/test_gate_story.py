"""What a story needs, and what goes live with it."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import NewsPage, Organisation, Person, Place, Quote, Topic
from core.publishing.gate import PublishBlocked
from core.publishing.publication import Publication
from tests import factories
from tests.going_live import with_voices
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def codes(subject, user=None) -> list[str]:
    return [finding.code for finding in Publication(subject, user).findings]


@scene
def story(site):
    """A draft that passes."""
    return factories.NewsPageFactory(parent=site.news_index, live=False)


@scene
def young_quote(site):
    """A draft as the importer makes it, with a speaker who is one, too."""
    return factories.QuoteFactory(live=False, speaker=factories.PersonFactory(live=False))


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"places": []}, "no_place", "places"),
        ({"summary": " "}, "no_summary", "summary"),
        ({"summary": "\u00a0\u200b"}, "no_summary", "summary"),
        ({"topics": []}, "no_tie", "campaign_ties"),
    ],
)
def test_story__needs_place_summary_and_campaign_or_topic(site, values, code, field):
    story = factories.NewsPageFactory(parent=site.news_index, live=False, **values)

    (finding,) = Publication(story).findings

    assert (finding.code, finding.field) == (code, field)


def test_story__with_a_campaign_needs_no_topic(site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    story = factories.NewsPageFactory(parent=site.news_index, live=False, campaigns=[campaign])

    assert codes(story) == []


def test_story__place_that_is_offline_counts_for_none(site, story):
    place = Place.objects.get()
    place.unpublish()
    assert codes(story) == ["no_place"]

    factories.PlaceFactory(locale="ru", translation_key=place.translation_key)
    assert codes(story) == ["no_place"]


def test_story__draft_campaign_counts_for_none_until_it_is_live(site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, live=False)
    story = factories.NewsPageFactory(parent=site.news_index, live=False, campaigns=[campaign])
    assert codes(story) == ["no_tie"]

    campaign.save_revision().publish()
    assert codes(story) == []


def test_story__topic_that_is_offline_counts_for_none(site, story):
    Topic.objects.get().unpublish()

    assert codes(story) == ["no_tie"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": " "}, "quote_text"),
        ({"role": ""}, "quote_speaker"),
        ({"who_speaks": ""}, "quote_who_speaks"),
        ({"consent_reference": ""}, "consent_reference"),
        ({"consent_scope": "internal"}, "consent_scope"),
    ],
)
def test_quote__says_what_it_lacks(site, values, code):
    quote = factories.QuoteFactory(live=False, **values)

    assert codes(quote) == [code]
    with pytest.raises(PublishBlocked):
        quote.save_revision().publish()


def test_quote__public_statement_needs_no_consent_form(site):
    quote = factories.QuoteFactory(live=False, who_speaks="official", consent_reference="", consent_scope="")

    quote.save_revision().publish()

    quote.refresh_from_db()
    assert quote.live


def test_quote__photo_of_its_speaker_is_looked_at(site):
    photo = factories.SiteImageFactory(shows="")
    quote = factories.QuoteFactory(live=False, speaker=factories.PersonFactory(live=False, photo=photo))

    (finding,) = Publication(quote).findings

    assert finding.code == "who_is_shown"
    assert finding.field == "speaker"
    assert finding.subject == photo


def test_story__quote_that_it_picks_is_looked_at_with_speaker_and_photo(site, story):
    photo = factories.SiteImageFactory(people=True)
    quote = factories.QuoteFactory(speaker=factories.PersonFactory(photo=photo))
    with_voices(story, quote)
    assert codes(story) == []

    photo.alt_texts = {}
    photo.save()
    quote.consent_scope = "internal"
    quote.save(update_fields=["consent_scope"])

    findings = Publication(story).findings
    assert sorted(finding.code for finding in findings) == ["alt_missing", "consent_scope"]
    for finding in findings:
        assert finding.field == "body"
        assert finding.block_path[1] == "picks"
        assert f"Quote “{quote}”" in finding.where


def test_story__takes_its_drafts_along_in_one_go(site, young_quote):
    place = factories.PlaceFactory(live=False)
    topic = factories.TopicFactory(live=False)
    partner = factories.OrganisationFactory(live=False)
    picked = factories.QuoteFactory(live=False)
    story = factories.NewsPageFactory(
        parent=site.news_index, live=False, places=[place], topics=[topic], partners=[partner]
    )
    young_quote.source = story
    young_quote.save()
    with_voices(story, picked)

    story.save_revision().publish()

    for model, row in (
        (Place, place),
        (Topic, topic),
        (Organisation, partner),
        (Quote, picked),
        (Quote, young_quote),
        (Person, young_quote.speaker),
    ):
        assert model.objects.get(pk=row.pk).live


def test_story__publishes_the_latest_draft_of_a_quote(site, story, young_quote):
    with_voices(story, young_quote)
    young_quote.text = "The better words."
    young_quote.save_revision()

    story.save_revision().publish()

    young_quote.refresh_from_db()
    assert (young_quote.live, young_quote.text) == (True, "The better words.")


def test_story__is_blocked_whole_by_one_of_its_quotes(site, story, young_quote):
    lacking = factories.QuoteFactory(live=False, who_speaks="")
    with_voices(story, young_quote, lacking)

    with pytest.raises(PublishBlocked) as blocked:
        story.save_revision().publish()

    assert f"Quote “{lacking}”" in blocked.value.summary
    assert "The quote has no kind of speaker." in blocked.value.summary
    story.refresh_from_db()
    assert not story.live
    assert not Quote.objects.filter(live=True).exists()
    assert not Person.objects.filter(live=True).exists()


def test_story__leaves_alone_what_is_not_its_own_to_publish(site, story):
    withdrawn = factories.QuoteFactory(text="Taken offline")
    withdrawn.unpublish()
    embargoed = factories.QuoteFactory(
        live=False, text="Waits", go_live_at=timezone.now() + timezone.timedelta(days=2)
    )
    russian = factories.QuoteFactory(live=False, locale="ru", text="Русская")
    with_voices(story, withdrawn, embargoed, russian)

    story.save_revision().publish()

    story.refresh_from_db()
    assert story.live
    assert not Quote.objects.filter(live=True).exists()


@scene
def page_publisher(site):
    """May publish pages, and no quotes."""
    user = factories.UserFactory(groups=["Page publishers"])
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=site.home, permission=permission)
    return user


def test_story__needs_the_right_to_publish_what_goes_with_it(site, story, young_quote, page_publisher):
    with_voices(story, young_quote)

    with pytest.raises(PublishBlocked) as blocked:
        story.save_revision().publish(user=page_publisher)

    assert {finding.code for finding in blocked.value.findings} == {"no_right"}
    assert f"Quote “{young_quote}”" in blocked.value.summary
    assert not Quote.objects.filter(live=True).exists()

    for model in ("quote", "person"):
        page_publisher.groups.get().permissions.add(Permission.objects.get(codename=f"publish_{model}"))
    story.latest_revision.publish(user=type(page_publisher).objects.get(pk=page_publisher.pk))
    assert Quote.objects.get().live


def story_data(story: NewsPage, quote: Quote) -> dict[str, Any]:
    picks = {
        "count": "1",
        "0": {"deleted": "", "order": "0", "id": "33333333-3333-4333-8333-333333333333", "value": str(quote.pk)},
    }
    body = streamfield([("voices", {"heading": "", "limit": "3", "only_picked": "on", "picks": picks})])
    return nested_form_data(
        {
            "title": story.title,
            "slug": story.slug,
            "date": "2024-08-16",
            "dateline_date": "",
            "summary": "",
            "lead_image": "",
            "seo_title": "",
            "search_description": "",
            "body": body,
            "comments": inline_formset([]),
            **{
                name: inline_formset([])
                for name in ("places", "campaign_ties", "project_ties", "partner_ties", "topic_ties", "sdg_ties")
            },
        }
    )


def test_editor__shows_each_finding_of_a_story_at_its_place(client, site, story):
    client.force_login(factories.UserFactory(is_superuser=True))
    quote = factories.QuoteFactory(live=False, who_speaks="")
    empty = factories.NewsPageFactory(parent=site.news_index, live=False, places=[], topics=[])
    data = {**story_data(empty, quote), "action-publish": "1"}

    form = client.post(reverse("wagtailadmin_pages:edit", args=[empty.pk]), data).context["form"]

    assert "The story has no place." in str(form.formsets["places"].non_form_errors())
    assert "no campaign" in str(form.formsets["campaign_ties"].non_form_errors())
    assert "The story has no summary." in form.errors["summary"][0]
    (body,) = form.errors["body"].as_data()
    voices = body.as_json_data()["blockErrors"][0]
    assert "The quote has no kind of speaker." in str(voices["blockErrors"]["picks"]["blockErrors"][0])
    assert not Quote.objects.filter(live=True).exists()
