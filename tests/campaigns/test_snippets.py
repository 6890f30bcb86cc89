from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from campaigns.models import SDG, KeyFigure, Organisation, Person, Place, Quote, Takeaway, Topic
from tests import factories
from tests.forms import formset, quote_form
from tests.scenes import scene

pytestmark = pytest.mark.django_db

MODELS = [Quote, Takeaway, KeyFigure, Person, Organisation, Place, Topic, SDG]


def url(model: type[Model], view: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_campaigns_{model._meta.model_name}:{view}", args=args)


def make(model: type, **kwargs):
    return getattr(factories, f"{model.__name__}Factory")(**kwargs)


def listed(client, model: type, **filters: object) -> set[Any]:
    return set(client.get(url(model, "list"), filters).context["object_list"])


@pytest.fixture
def publisher(site, client):
    client.force_login(factories.UserFactory(groups=["Publisher"]))
    return client


@pytest.mark.parametrize("model", MODELS)
def test_list__shows_language_and_status(publisher, model):
    make(model, locale="tg", live=False)

    page = publisher.get(url(model, "list")).content.decode()

    assert "Тоҷикӣ" in page
    assert "draft" in page.lower()


@pytest.mark.parametrize("model", MODELS)
def test_editor__opens_and_offers_workflow_and_preview(publisher, model):
    piece = make(model, live=False)

    page = publisher.get(url(model, "edit", piece.pk)).content.decode()

    assert "action-publish" in page
    assert "action-submit" in page
    assert url(model, "preview_on_edit", piece.pk) in page


@pytest.mark.parametrize("model", MODELS)
def test_copying__is_not_offered(model):
    with pytest.raises(NoReverseMatch):
        url(model, "copy", 1)


@pytest.mark.parametrize("model", MODELS)
def test_menu__has_every_snippet(publisher, model):
    assert f'"{url(model, "list")}"' in publisher.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_list__filters_by_status_and_language(publisher, model):
    live, draft = make(model), make(model, live=False)
    russian = make(model, locale="ru")

    assert listed(publisher, model, live="true") == {live, russian}
    assert listed(publisher, model, live="false") == {draft}
    assert listed(publisher, model, locale="ru") == {russian}


@pytest.mark.parametrize(("model", "field"), [(Quote, "source"), (Takeaway, "source"), (KeyFigure, "story")])
def test_list__filters_by_campaign_as_the_campaign_shows_it(publisher, site, model, field):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    russian = factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key
    )
    story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign])
    tied = make(model, campaigns=[russian])
    through_story = make(model, **{field: story})
    both = make(model, campaigns=[campaign, russian], **{field: story})
    make(model)

    found = publisher.get(url(model, "list"), {"campaign": campaign.pk}).context["object_list"]

    assert sorted(piece.pk for piece in found) == [tied.pk, through_story.pk, both.pk]


def test_campaign_filter__names_each_campaign_once(publisher, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day")
    factories.CampaignPageFactory(
        parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key, title="Всемирный день"
    )

    filters = publisher.get(url(Quote, "list")).context["filters"]

    assert [page.title for page in filters.form.fields["campaign"].queryset] == ["World Day"]


def test_list__is_searched(publisher, site):
    dawn = factories.QuoteFactory(text="The bus left before dawn.")
    factories.QuoteFactory(text="Nobody asked me.")

    assert listed(publisher, Quote, q="dawn") == {dawn}


def test_quotes__are_exported_with_their_consent(publisher, site):
    factories.QuoteFactory(text="Ask who pays.", speaker=factories.PersonFactory(name="Camp leader"))

    response = publisher.get(url(Quote, "list"), {"export": "csv"})
    table = b"".join(response.streaming_content).decode()

    assert "Ask who pays." in table
    assert "Camp leader" in table
    assert "F-2024-02" in table


def test_snippet__is_made_in_the_language_of_the_list(publisher, site):
    publisher.post(f"{url(Place, 'add')}?locale=tg", {"name": "Ромит", "country": ""})

    place = Place.objects.get()
    assert place.locale.language_code == "tg"
    assert not place.live


def test_snippet__keeps_revisions(publisher, site):
    quote = factories.QuoteFactory()

    publisher.post(url(Quote, "edit", quote.pk), quote_form(text="Other words"))

    quote.refresh_from_db()
    assert quote.has_unpublished_changes
    assert quote.text != "Other words"
    assert quote.get_latest_revision_as_object().text == "Other words"


def test_locked_snippet__is_not_changed_by_others(publisher, site, client):
    quote = factories.QuoteFactory()
    publisher.post(url(Quote, "lock", quote.pk))
    client.force_login(factories.UserFactory(groups=["Editor"]))

    client.post(url(Quote, "edit", quote.pk), quote_form(text="Other words"))

    quote.refresh_from_db()
    assert quote.locked
    assert quote.latest_revision is None


def test_topic__has_a_slug_of_its_own(publisher, site):
    factories.TopicFactory(name="Safe migration", locale="ru")

    response = publisher.post(url(Topic, "add"), {"name": "Safe migration", "slug": ""})

    assert "“safe-migration”" in response.context["form"].errors["slug"][0]
    assert Topic.objects.count() == 1


def test_topic__shares_its_slug_with_its_translations(site):
    topic = factories.TopicFactory(name="Safe migration")

    russian = topic.copy_for_translation(site.locales["ru"])
    russian.name = "Безопасная миграция"
    russian.save()
    russian.full_clean()

    assert russian.slug == topic.slug == "safe-migration"


def test_topic__in_tajik_gets_an_ascii_slug(site):
    assert factories.TopicFactory(name="Муҳоҷирати бехатар", locale="tg").slug == "muhojirati-bekhatar"


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index)


def edition_form(**fields: object) -> dict[str, Any]:
    return {
        "title": "2024",
        "slug": "other",
        "year": "2024",
        "starts_on": "2024-07-30",
        "global_theme": "",
        "local_theme": "",
        "seo_title": "",
        "search_description": "",
        "body-count": "0",
        **formset("comments"),
        **fields,
    }


def test_edition__is_one_a_year(publisher, campaign):
    factories.EditionPageFactory(parent=campaign, year=2024, title="The year of the child")
    add = reverse("wagtailadmin_pages:add", args=["campaigns", "editionpage", campaign.pk])

    taken = publisher.post(add, edition_form())
    free = publisher.post(add, edition_form(year="2025", starts_on="2025-07-30"))

    assert "The year of the child" in taken.context["form"].errors["year"][0]
    assert free.status_code == 302


def test_edition__of_another_campaign_may_have_the_year(site, campaign):
    factories.EditionPageFactory(parent=campaign, year=2024)
    other = factories.CampaignPageFactory(parent=site.campaign_index)

    assert factories.EditionPageFactory(parent=other, year=2024).slug == "2024"


def test_edition__that_changes_to_a_taken_year_is_refused(campaign):
    factories.EditionPageFactory(parent=campaign, year=2024)
    edition = factories.EditionPageFactory(parent=campaign, year=2025)

    edition.year = 2024
    with pytest.raises(ValidationError):
        edition.full_clean()


def test_edition__and_its_translation_are_one(site, campaign):
    factories.CampaignPageFactory(parent=site.campaign_indexes["ru"], translation_key=campaign.translation_key)
    edition = factories.EditionPageFactory(parent=campaign, year=2024)

    russian = edition.copy_for_translation(site.locales["ru"])
    russian.full_clean()

    assert (russian.year, russian.slug) == (2024, "2024")


@pytest.mark.parametrize("code", ["en", "ru", "tg"])
def test_story_editor__has_its_tabs(publisher, site, code):
    story = factories.NewsPageFactory(parent=site.news_indexes[code])

    handler = publisher.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).context["edit_handler"]

    assert [str(tab.heading) for tab in handler.children] == ["Content", "Connections", "Promote", "Settings"]
