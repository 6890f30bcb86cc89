"""A commitment is shown with its state wherever the campaign and its story are, and by consent where it names a
person."""

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import ReferenceIndex

from campaigns.models import Commitment, StateChange
from core.findings import PublishBlocked
from tests import factories
from tests.scenes import scene

DAY = datetime.date(2026, 3, 1)
LATER = datetime.date(2026, 5, 1)


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip")


@scene
def story(site, campaign):
    return factories.NewsPageFactory(parent=site.news_index, title="The pledge", campaigns=[campaign])


def main(client, page) -> str:
    soup: Any = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    return " ".join(soup.main.get_text(" ").split())


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([], "State: No evidence yet"),
        ([("no_evidence", DAY)], "State: No evidence yet (1 March 2026)"),
        ([("planned", DAY)], "State: Planned (1 March 2026) – Evidence"),
        ([("planned", DAY), ("in_progress", LATER)], "State: In progress (1 May 2026) – Evidence"),
        ([("fulfilled", LATER), ("in_progress", DAY)], "State: Fulfilled (1 May 2026) – Evidence"),
        ([("planned", DAY), ("not_fulfilled", DAY)], "State: Not fulfilled (1 March 2026) – Evidence"),
    ],
)
def test_campaign__shows_the_latest_state_in_words(client, campaign, states, shown):
    made = factories.CommitmentFactory(campaigns=[campaign], states=states)
    text = main(client, campaign)
    assert made.text in text
    assert made.organisation.name in text
    assert shown in text


@pytest.mark.parametrize("where", ["tied", "story"])
def test_commitment__stands_with_its_campaign_and_its_story(client, campaign, story, where):
    own = {"campaigns": [campaign]} if where == "tied" else {"source": story}
    made = factories.CommitmentFactory(**own)
    assert made.text in main(client, campaign)
    assert (made.text in main(client, story)) == (where == "story")


def test_block__shows_what_is_picked_and_its_label_is_in_the_reader_s_language(client, site, campaign):
    picked = factories.CommitmentFactory(states=[("fulfilled", DAY)])
    value = {"heading": "Pledged", "limit": 3, "picks": [picked], "only_picked": True}
    page = factories.SectionPageFactory(parent=site.home, body=[("commitments", value)])
    assert "Pledged" in main(client, page)
    assert picked.text in main(client, page)
    russian = factories.SectionPageFactory(
        parent=site.homes["ru"],
        translation_key=page.translation_key,
        slug=page.slug,
        body=[("commitments", value)],
    )
    text = main(client, russian)
    assert picked.text in text
    assert "Выполнено" in text


def test_state__of_the_original_counts_in_every_language(client, site, campaign):
    made = factories.CommitmentFactory(campaigns=[campaign], states=[("planned", DAY)])
    factories.CommitmentFactory(
        locale=site.locales["ru"],
        translation_key=made.translation_key,
        text="Линия помощи ночью",
        organisation=made.organisation,
        states=[("fulfilled", LATER)],
    )
    page = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key, slug=campaign.slug
    )
    text = main(client, page)
    assert "Линия помощи ночью" in text
    assert "Запланировано" in text


@pytest.mark.parametrize("kept", [True, False])
def test_person__is_named_with_consent_only(client, site, campaign, kept):
    person = factories.PersonFactory(name="Gulnora Example")
    consent = {"consent_reference": "F-1", "consent_scope": "website"} if kept else {}
    made = factories.CommitmentFactory(campaigns=[campaign], person=person, **consent, live=kept)
    if not kept:
        with pytest.raises(PublishBlocked):
            made.save_revision().publish()
    text = main(client, campaign)
    assert ("Gulnora Example" in text) == kept
    assert (made.text in text) == kept


def test_person__who_has_withdrawn_is_named_no_more(client, site, campaign):
    person = factories.PersonFactory(name="Gulnora Example")
    made = factories.CommitmentFactory(
        campaigns=[campaign], person=person, consent_reference="F-1", consent_scope="website"
    )
    client.force_login(factories.UserFactory(is_superuser=True))
    address = f"/admin/withdrawn-consents/withdraw/campaigns/person/{person.translation_key}/"
    assert made.text in client.get(address).text
    client.post(
        address,
        {
            "reason": "She asked for it.",
            "asked_by": "",
            "companions": [f"campaigns.commitment:{made.translation_key}"],
        },
    )
    client.logout()
    assert "Gulnora" not in main(client, campaign)


def test_draft__without_anybody_who_made_it_is_not_published(site):
    made = factories.CommitmentFactory(organisation=None, live=False)
    with pytest.raises(PublishBlocked) as refused:
        made.save_revision().publish()
    assert "no government or organisation" in str(refused.value)


@pytest.mark.parametrize("state", ["planned", "in_progress", "fulfilled", "not_fulfilled"])
def test_state__needs_its_evidence(site, state):
    made = factories.CommitmentFactory()
    change = StateChange(commitment=made, state=state, date=DAY)
    with pytest.raises(ValidationError):
        change.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()


def test_search__finds_it_on_its_campaign(client, campaign, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.CommitmentFactory(text="Lanterns for every platform", campaigns=[campaign])
    assert "<mark>Lanterns</mark>" in client.get("/en/search/?q=lanterns").text


def test_api__tells_state_and_who(client, campaign, story):
    made = factories.CommitmentFactory(source=story, date=DAY, states=[("planned", DAY), ("fulfilled", LATER)])
    [found] = client.get("/api/v2/commitments/?campaign=wdatip").json()["items"]
    assert found["text"] == made.text
    assert found["who"] == made.organisation.name
    assert (found["state"], found["state_date"]) == ("fulfilled", "2026-05-01")
    assert found["evidence_url"] == "https://example.org/evidence"
    assert found["story"]["title"] == "The pledge"
    other = factories.CommitmentFactory()
    found = client.get(f"/api/v2/commitments/{other.translation_key}/").json()
    assert (found["state"], found["state_date"], found["evidence_url"]) == ("no_evidence", None, "")
    assert client.get(f"/api/v2/commitments/{made.translation_key}/").json()["id"] == str(made.translation_key)


def test_feed__of_the_campaign_has_it_with_its_story(client, campaign, story):
    made = factories.CommitmentFactory(source=story, states=[("planned", DAY)])
    feed = client.get("/en/feeds/campaigns/wdatip.atom").text
    assert made.text in feed
    assert "Planned" in feed


def test_json_ld__has_it_as_an_action(client, campaign):
    factories.CommitmentFactory(text="A lamp", campaigns=[campaign], states=[("in_progress", DAY)])
    soup = BeautifulSoup(client.get(campaign.get_url()).content, "html.parser")
    nodes = json.loads(soup.select_one('script[type="application/ld+json"]').text)
    [action] = [node for node in nodes if node["@type"] == "Action"]
    assert (action["name"], action["actionStatus"]) == ("A lamp", "https://schema.org/ActiveActionStatus")


def test_board__lists_it(client, campaign):
    made = factories.CommitmentFactory(text="A lamp at the door", campaigns=[campaign])
    ReferenceIndex.create_or_update_for_object(made)
    client.force_login(factories.UserFactory(is_superuser=True))
    text = client.get(f"/admin/translation/board/?campaign={campaign.pk}").text
    assert "A lamp at the door" in text


def test_admin__lists_and_makes_them(client, site, campaign):
    client.force_login(factories.UserFactory(is_superuser=True))
    factories.CommitmentFactory(text="A lamp at the door", campaigns=[campaign])
    listed = reverse(Commitment.snippet_viewset.get_url_name("list"))
    assert "A lamp at the door" in client.get(listed, {"campaign": campaign.pk}).text
    other = factories.CampaignPageFactory(parent=site.campaign_index)
    assert "A lamp at the door" not in client.get(listed, {"campaign": other.pk}).text
    assert client.get(reverse(Commitment.snippet_viewset.get_url_name("add"))).status_code == 200


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_roles__have_the_rights_on_it(client, site, group):
    client.force_login(factories.UserFactory(groups=[group]))
    assert client.get(reverse(Commitment.snippet_viewset.get_url_name("add"))).status_code == 200
