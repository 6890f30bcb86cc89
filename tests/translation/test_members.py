import datetime
from typing import Any

import pytest

from campaigns.models import NewsPage
from tests import factories
from tests.scenes import scene
from translation.campaign_contents.kinds import Kind
from translation.campaign_contents.seen_by_readers import members_of

pytestmark = pytest.mark.django_db


def body(*blocks) -> list[Any]:
    return [{"type": kind, "value": value} for kind, value in blocks]


@scene
def campaign(site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="WDATIP", slug="wdatip")
    factories.EditionPageFactory(parent=page, year=2023)
    factories.EditionPageFactory(parent=page, year=2024)
    return page


@scene
def edition(campaign):
    return campaign.get_children().get(slug="2024").specific


@scene
def story(site, campaign):
    image = factories.SiteImageFactory(title="Lead", alt_texts={"en": "A road", "ru": "Дорога"})
    return factories.NewsPageFactory(
        parent=site.news_index,
        title="The camp",
        campaigns=[campaign],
        topics=[factories.TopicFactory(name="Youth")],
        partners=[factories.OrganisationFactory(name="Youth office")],
        lead_image=image,
    )


def by_title(page) -> dict[str, Any]:
    return {member.title: member for member in members_of(page)}


def test_members__are_what_a_reader_of_the_campaign_meets(site, campaign, story):
    person = factories.PersonFactory(name="Zarina", photo=factories.SiteImageFactory(title="Face"))
    factories.QuoteFactory(text="We know", source=story, speaker=person)
    factories.TakeawayFactory(statement="Ask first", campaigns=[campaign])
    factories.KeyFigureFactory(label="of 100", story=story)
    factories.QuoteFactory(text="Of something else")

    found = {(member.kind, member.title) for member in members_of(campaign)}

    assert found == {
        (Kind.CAMPAIGN, "WDATIP"),
        (Kind.EDITION, "Edition 2023"),
        (Kind.EDITION, "Edition 2024"),
        (Kind.STORY, "The camp"),
        (Kind.QUOTE, "We know"),
        (Kind.TAKEAWAY, "Ask first"),
        (Kind.FIGURE, "of 100"),
        (Kind.PERSON, "Zarina"),
        (Kind.PLACE, story.places.get().place.name),
        (Kind.TOPIC, "Youth"),
        (Kind.ORGANISATION, "Youth office"),
        (Kind.IMAGE, "Lead"),
        (Kind.IMAGE, "Face"),
    }


def test_members__of_an_edition_are_those_of_its_period(site, campaign, edition, story):
    factories.NewsPageFactory(
        parent=site.news_index, title="Last year", campaigns=[campaign], date=datetime.date(2023, 9, 1)
    )
    factories.QuoteFactory(text="This year", campaigns=[campaign], date=datetime.date(2024, 8, 1))
    factories.QuoteFactory(text="A year ago", campaigns=[campaign], date=datetime.date(2023, 8, 1))

    found = by_title(edition)

    assert {"WDATIP", "Edition 2024", "The camp", "This year"} <= set(found)
    assert not {"Edition 2023", "Last year", "A year ago"} & set(found)
    assert found["Edition 2024"].parent == campaign.translation_key


def test_members__are_the_same_from_a_translation(site, campaign, story):
    russian = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key, title="День"
    )

    assert members_of(russian) == members_of(campaign)
    assert by_title(russian)["WDATIP"].targets == {
        site.locales["en"].pk: True,
        site.locales["ru"].pk: True,
    }


def test_linked__names_what_a_page_shows(site, campaign, edition, story):
    person = factories.PersonFactory(name="Zarina")
    quote = factories.QuoteFactory(text="We know", source=story, speaker=person)

    found = by_title(campaign)

    assert quote.translation_key in found["The camp"].linked
    assert quote.translation_key in found["WDATIP"].linked
    assert quote.translation_key in found["Edition 2024"].linked
    assert quote.translation_key not in found["Edition 2023"].linked
    assert found["We know"].linked == (person.translation_key,)
    assert {found["Lead"].key, found["Youth"].key, found["Youth office"].key} <= set(found["The camp"].linked)


def test_picked__pieces_pages_files_and_images_count(site, campaign, story):
    section = factories.SectionPageFactory(parent=site.home)
    index = factories.ResourceIndexPageFactory(parent=section)
    resource = factories.ResourcePageFactory(parent=index, title="A guide")
    quote = factories.QuoteFactory(text="Picked")
    image = factories.SiteImageFactory(title="In the text", alt_texts={"en": "A bus"})
    document = factories.DocumentFactory()
    story.body = body(
        ("voices", {"heading": "", "limit": 3, "picks": [quote.pk], "only_picked": True}),
        ("image", {"image": image.pk, "caption": ""}),
        ("rich_text", f'<p><a linktype="page" id="{resource.pk}">Guide</a></p>'),
        (
            "toolkit",
            {"heading": "Kit", "files": [{"title": "Poster", "document": document.pk, "language": "ru"}]},
        ),
    )
    story.save()

    found = by_title(campaign)

    assert found["A guide"].kind == Kind.RESOURCE
    assert quote.translation_key in found["The camp"].linked
    assert found["In the text"].targets == {site.locales["en"].pk: True}
    assert found["The camp: Kit"].targets == {site.locales["ru"].pk: True}
    assert {found["In the text"].key, found["The camp: Kit"].key} <= set(found["The camp"].linked)


def test_drafts_and_what_lacks_consent__are_nothing_a_reader_meets(site, campaign, story):
    factories.QuoteFactory(text="A draft", source=story, live=False)
    withdrawn = factories.QuoteFactory(text="Withdrawn", source=story)
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(consent_withdrawn=datetime.date(2024, 1, 1))
    draft = factories.NewsPageFactory(parent=site.news_index, title="Later", campaigns=[campaign], live=False)

    assert not {"A draft", "Withdrawn", draft.title} & set(by_title(campaign))


def test_members__cost_the_same_whatever_their_number(site, campaign, story, django_assert_num_queries):
    members_of(campaign)
    with django_assert_num_queries(6):
        members_of(campaign)
    for number in range(4):
        more = factories.NewsPageFactory(parent=site.news_index, title=f"More {number}", campaigns=[campaign])
        factories.QuoteFactory(source=more, speaker=factories.PersonFactory())

    with django_assert_num_queries(6):
        assert len([each for each in members_of(campaign) if each.model is NewsPage]) == 5


def test_other_pages__have_no_members(site):
    with pytest.raises(LookupError):
        members_of(site.home)
