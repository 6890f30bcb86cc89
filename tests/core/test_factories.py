import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_site__answers_for_each_language(site, client):
    assert [home.get_url() for home in site.homes.values()] == ["/en/", "/ru/", "/tg/", "/fa-af/"]
    assert site.news_indexes["ru"].get_url() == "/ru/news/"
    assert site.campaign_index.translation_key == site.campaign_indexes["tg"].translation_key


def test_story__is_tied_to_what_is_given(site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    goal = factories.SDGFactory()

    story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], sdgs=[goal])

    story.refresh_from_db()
    assert [tie.campaign for tie in story.campaign_ties.all()] == [campaign]
    assert [tie.sdg for tie in story.sdg_ties.all()] == [goal]
    assert story.places.count() == 1


def test_snippets__speak_the_language_asked_for(site):
    quote = factories.QuoteFactory(locale="tg", speaker=factories.PersonFactory(locale="tg"))

    assert quote.locale == quote.speaker.locale == site.locales["tg"]


def test_every_factory__makes_what_it_names(site):
    section = factories.SectionPageFactory(parent=site.home)
    index = factories.ResourceIndexPageFactory(parent=section)
    document = factories.DocumentFactory()
    resource = factories.ResourcePageFactory(
        parent=index, documents={"en": document}, topics=[factories.TopicFactory()]
    )
    project = factories.ProjectPageFactory(parent=section, partners=[factories.OrganisationFactory()])
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    content = factories.ContentPageFactory(parent=section, lead_image=factories.SiteImageFactory(people=True))
    for snippet in (factories.TakeawayFactory, factories.KeyFigureFactory, factories.QuoteFactory):
        assert snippet(campaigns=[campaign]).campaign_ties.count() == 1

    assert resource.files.get().document == document
    assert project.partner_ties.count() == 1
    assert edition.get_url() == f"/en/campaigns/{campaign.slug}/2024/"
    assert content.lead_image.consent_holds()
    assert factories.UserFactory(groups=["Editor"]).groups.get().name == "Editor"
