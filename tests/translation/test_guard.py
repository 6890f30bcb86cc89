import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from campaigns.models import CampaignPage
from tests import factories
from tests.scenes import scene
from translation.guard.middleware import RULES

pytestmark = pytest.mark.django_db


@scene
def campaign(site):
    page = factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")
    translate_object(page, [site.locales["ru"]])
    return page


@scene
def translation(campaign) -> Translation:
    return Translation.objects.get()


@scene
def russian(campaign, site) -> CampaignPage:
    return CampaignPage.objects.get(locale=site.locales["ru"])


def as_member_of(group: str) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(groups=[group]))
    return client


def translate_title(client: Client, translation: Translation, text: str):
    segment = translation.source.stringsegment_set.get(context__path="title")
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return client.put(url, f"value={text}", content_type="application/x-www-form-urlencoded")


def publish(client: Client, page: CampaignPage):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})


def test_translator__translates_and_the_page_is_live_only_after_review_and_a_publisher(
    newsroom, campaign, translation, russian
):
    translator = newsroom.as_(newsroom.translators["ru"])
    assert translator.get(reverse("wagtailadmin_pages:edit", args=[russian.pk])).status_code == 200
    newsroom.word(translation, lambda text: "Всемирный день" if text == "World Day" else f"{text} [ru]")

    publish(translator, russian)
    newsroom.publish(translation)
    russian.refresh_from_db()
    assert not russian.live
    newsroom.decide(newsroom.submit(translation))
    russian.refresh_from_db()
    assert not russian.live
    newsroom.publish(translation)

    russian.refresh_from_db()
    assert russian.live
    assert (russian.title, russian.slug) == ("Всемирный день", "wdatip")


@pytest.mark.parametrize("group", ["Editor", "Reviewer", "Translator tg"])
def test_publishing_a_translation__is_refused_to_others(russian, group, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(as_member_of(group), russian)

    russian.refresh_from_db()
    assert not russian.live


def test_translator__of_another_language_changes_no_string(translation):
    response = translate_title(as_member_of("Translator tg"), translation, "Рӯз")

    assert response.status_code == 403
    assert not StringTranslation.objects.exists()


def test_translator__changes_no_string_of_a_quote_in_another_language(site):
    """Rights on snippets know no language of their own."""
    quote = factories.QuoteFactory()
    translate_object(quote, [site.locales["ru"], site.locales["tg"]])
    tajik = Translation.objects.get(target_locale=site.locales["tg"])
    segment = tajik.source.stringsegment_set.first()
    url = reverse("wagtail_localize:edit_string_translation", args=[tajik.pk, segment.pk])
    sent = ("value=x", "application/x-www-form-urlencoded")

    assert as_member_of("Translator ru").put(url, *sent).status_code == 403
    assert as_member_of("Translator tg").put(url, *sent).status_code == 201


def test_translator__opens_snippets_of_the_own_language_only(site):
    translator = as_member_of("Translator ru")

    def opens(locale: str) -> bool:
        quote = factories.QuoteFactory(locale=locale)
        return translator.get(reverse("wagtailsnippets_campaigns_quote:edit", args=[quote.pk])).status_code == 200

    assert [opens(code) for code in ("en", "ru", "tg")] == [False, True, False]


@pytest.mark.parametrize(("group", "live"), [("Editor", False), ("Publisher", True)])
def test_sync_with_publishing__asks_for_the_right_to_publish(newsroom, translation, russian, group, live):
    newsroom.word(translation)
    newsroom.decide(newsroom.submit(translation))
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    as_member_of(group).post(url, {"publish_translations": "on"})

    russian.refresh_from_db()
    assert russian.live is live


def test_sync_with_publishing__leaves_what_nobody_has_reviewed(newsroom, translation, russian):
    newsroom.word(translation)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])

    response = as_member_of("Publisher").post(url, {"publish_translations": "on"}, follow=True)

    russian.refresh_from_db()
    assert not russian.live
    assert "not all strings are approved" in response.content.decode()


def test_sync_without_publishing__is_open_to_editors(campaign, russian):
    campaign.title = "The World Day"
    campaign.save()
    url = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk])

    assert as_member_of("Editor").post(url, {}).status_code == 302
    assert TranslationSource.objects.get().stringsegment_set.filter(string__data="The World Day").exists()


def test_alias__is_made_of_no_translation(russian):
    publisher, address = as_member_of("Publisher"), reverse("wagtail_localize:convert_to_alias", args=[russian.pk])
    assert address not in publisher.get(reverse("wagtailadmin_pages:edit", args=[russian.pk])).text
    response = publisher.post(address)

    russian.refresh_from_db()
    assert response.status_code == 403
    assert russian.alias_of is None


@pytest.mark.parametrize(("group", "stopped"), [("Translator ru", False), ("Editor", False), ("Publisher", True)])
def test_stopping_a_translation__is_for_who_may_publish_it(translation, group, stopped):
    as_member_of(group).post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))

    translation.refresh_from_db()
    assert translation.enabled is not stopped


def test_every_screen_of_wagtail_localize__has_a_rule_or_is_closed():
    closed = {
        "convert_to_alias",
        "submit_page_translation",
        "submit_snippet_translation",
        "update_translations",
    }

    _prefix, admin = get_resolver().namespace_dict["wagtail_localize"]

    assert {name for name in admin.reverse_dict if isinstance(name, str)} == set(RULES) | closed


def test_alias__is_offered_nowhere(campaign, russian, translation):
    publisher = as_member_of("Publisher")
    copying = publisher.get(reverse("wagtailadmin_pages:copy", args=[campaign.pk]))
    translating = publisher.get(reverse("wagtailadmin_pages:edit", args=[russian.pk])).content.decode()
    translation.enabled = False
    translation.save()
    editing = publisher.get(reverse("wagtailadmin_pages:edit", args=[russian.pk])).content.decode()

    assert "alias" not in copying.context["form"].fields
    assert "admin/css/translation.css" in translating
    assert "localize-restart-translation" in editing
    assert "localize-convert-to-alias" not in editing
