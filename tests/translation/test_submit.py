import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, Quote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, site):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    return client


def submit(client, page, *locales, **fields):
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return client.post(url, {"locales": [locale.pk for locale in locales], **fields})


def test_submitted_page__is_a_draft_with_the_same_slug(editor, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="wdatip")

    response = submit(editor, campaign, site.locales["ru"])

    russian = CampaignPage.objects.get(locale=site.locales["ru"])
    assert response.url == reverse("wagtailadmin_pages:edit", args=[russian.pk])
    assert not russian.live
    assert russian.slug == "wdatip"
    assert russian.get_parent().pk == site.campaign_indexes["ru"].pk
    assert Translation.objects.filter(target_locale=site.locales["ru"], enabled=True).exists()


def test_submitting__into_two_languages_leaves_both_as_drafts(editor, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)

    submit(editor, campaign, site.locales["ru"], site.locales["tg"])

    assert [page.live for page in CampaignPage.objects.exclude(pk=campaign.pk)] == [False, False]


def test_submitting__where_the_address_is_taken_is_refused_with_a_reason(editor, site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="Against trafficking", slug="day")
    taken = factories.CampaignPageFactory(parent=site.campaign_indexes["ru"], title="День", slug="other")
    Page.objects.filter(pk=taken.pk).update(slug="day")

    response = submit(editor, campaign, site.locales["ru"])

    assert "“day”" in response.context["form"].errors["locales"][0]
    assert "День" in response.context["form"].errors["locales"][0]
    assert not Translation.objects.exists()
    assert not Page.objects.filter(slug="day-1").exists()


def test_submitting__a_branch_makes_drafts_of_all_its_pages(editor, site):
    section = factories.SectionPageFactory(parent=site.home, slug="work")
    page = factories.ContentPageFactory(parent=section, slug="camps")
    factories.ContentPageFactory(parent=page, slug="romit")

    submit(editor, section, site.locales["ru"], include_subtree="on")

    made = Page.objects.filter(locale=site.locales["ru"], slug__in=["work", "camps", "romit"]).order_by("path")
    assert [(page.slug, page.depth, page.live) for page in made] == [
        ("work", 3, False),
        ("camps", 4, False),
        ("romit", 5, False),
    ]


def test_submitting__beneath_a_page_that_is_not_translated_makes_no_alias(editor, site):
    section = factories.SectionPageFactory(parent=site.home, title="Our work")
    page = factories.ContentPageFactory(parent=section)

    response = submit(editor, page, site.locales["ru"])

    assert "“Our work”" in response.context["form"].errors["locales"][0]
    assert not Page.objects.filter(locale=site.locales["ru"], depth__gt=3).exists()
    assert not Page.objects.exclude(alias_of=None).exists()


def test_submitting__leaves_what_is_live_in_the_language_as_it_is(editor, site):
    """wagtail-localize would take the quote that the page picks, and make its live translation a draft."""
    quote = factories.QuoteFactory(text="Ask first.")
    live = factories.QuoteFactory(text="Сначала спроси.", locale="ru", translation_key=quote.translation_key)
    voices = {"heading": "", "limit": 3, "only_picked": False, "picks": [quote]}
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, body=[("voices", voices)])

    submit(editor, campaign, site.locales["ru"], site.locales["tg"])

    live.refresh_from_db()
    assert live.live
    assert live.text == "Сначала спроси."
    assert not Quote.objects.get(locale=site.locales["tg"]).live
    assert not CampaignPage.objects.get(locale=site.locales["ru"]).live


def test_submitting__a_snippet_makes_a_draft(editor, site):
    quote = factories.QuoteFactory()

    editor.post(
        reverse("wagtail_localize:submit_snippet_translation", args=["campaigns", "quote", quote.pk]),
        {"locales": [site.locales["ru"].pk]},
    )

    assert not Quote.objects.get(locale=site.locales["ru"]).live


@pytest.mark.parametrize("group", ["Translator ru", "Reviewer"])
def test_submitting__is_the_editors_work(client, site, group):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    client.force_login(factories.UserFactory(groups=[group]))

    submit(client, campaign, site.locales["ru"])

    assert CampaignPage.objects.count() == 1
