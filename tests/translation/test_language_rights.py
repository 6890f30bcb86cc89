"""Rights in a language: what Wagtail and wagtail-localize let happen, and what holds here. Each test fails on
plain wagtail-localize (`make plain`)."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, Quote
from core.models import TranslatableSnippet
from tests import factories
from tests.forms import quote_form
from tests.scenes import scene
from tests.translating import change_source, edit_url, submit_url, waiting
from translation.access.policy import LanguagePolicy
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(parent=site.campaign_index, title="World Day", slug="wdatip")


@scene
def quote(campaign) -> Quote:
    return factories.QuoteFactory(text="Ask first.", campaigns=[campaign])


@pytest.fixture
def translator(newsroom) -> Client:
    return newsroom.as_(newsroom.translators["ru"])


def quote_url(view: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_campaigns_quote:{view}", args=args)


def may_only_submit(newsroom) -> Client:
    user = factories.UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    return newsroom.as_(user)


def test_user_with_only_submit_translation__makes_no_page_in_tajik(newsroom, campaign, site):
    response = may_only_submit(newsroom).post(submit_url(campaign), {"locales": [site.locales["tg"].pk]})

    assert not Page.objects.filter(locale=site.locales["tg"], slug="wdatip").exists()
    assert response.status_code == 302


def test_user_with_only_submit_translation__publishes_no_language_again_nor_a_locked_page(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    target = target_of(russian)
    target.locked = True
    target.save(update_fields=["locked"])
    before = target.live_revision_id
    change_source(campaign, title="Another day")
    url = reverse("wagtail_localize:update_translations", args=[russian.source_id])

    for client in (may_only_submit(newsroom), newsroom.as_(newsroom.publisher)):
        client.post(url, {"publish_translations": "on"})
        target = target_of(russian)
        assert (target.live_revision_id, target.title) == (before, "World Day [ru]")


def test_ru_translator_without_publish_rights__turns_no_live_page_into_an_english_alias(
    newsroom, campaign, translator
):
    [russian] = newsroom.bring_live(campaign, "ru")
    target = target_of(russian)

    asked = translator.post(reverse("wagtail_localize:convert_to_alias", args=[target.pk]))
    beside = translator.post(edit_url(target), {"localize-convert-to-alias": "1"})

    target = target_of(russian)
    assert (target.alias_of, target.title) == (None, "World Day [ru]")
    assert (asked.status_code, beside.status_code) == (403, 302)


def test_change_quote__opens_the_quote_in_no_other_language(newsroom, quote, translator):
    russian, tajik = (target_of(each) for each in newsroom.send(quote, "ru", "tg"))

    answers = [translator.get(edit_url(each)).status_code for each in (quote, russian, tajik)]

    assert answers == [403, 200, 403]
    assert not newsroom.translators["ru"].has_perm("campaigns.change_quote")


def test_change_quote__writes_a_draft_in_the_own_language_alone(translator, site):
    own, foreign = (factories.QuoteFactory(locale=code, live=False) for code in ("ru", "tg"))

    for quote in (own, foreign):
        translator.post(quote_url("edit", quote.pk), quote_form(text="Своими словами"))

    words = [Quote.objects.get(pk=each.pk).get_latest_revision_as_object().text for each in (own, foreign)]
    assert words == ["Своими словами", foreign.text]


def test_change_quote__lists_the_own_language_alone(newsroom, quote, translator):
    newsroom.send(quote, "ru", "tg")

    own = translator.get(quote_url("list"), follow=True)

    assert {each.locale.language_code for each in own.context["object_list"]} == {"ru"}
    assert own.redirect_chain[-1][0].endswith("?locale=ru")
    assert translator.get(quote_url("list") + "?locale=tg").status_code == 403
    assert translator.get(quote_url("list") + "?locale=en&export=csv").status_code == 403


def test_workflow__in_progress_is_cancelled_by_no_other_path(newsroom, campaign, quote):
    story = factories.NewsPageFactory(
        parent=newsroom.site.news_index,
        campaigns=[campaign],
        body=[("voices", {"heading": "", "limit": 3, "picks": [quote], "only_picked": True})],
    )
    [russian] = newsroom.send(quote, "ru")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    assert target_of(russian).workflow_in_progress
    url = reverse("wagtail_localize:update_translations", args=[russian.source_id])

    newsroom.send(story, "ru")
    newsroom.publish(russian)
    newsroom.as_(newsroom.publisher).post(url, {"publish_translations": "on"})
    newsroom.as_(newsroom.publisher).post(reverse("wagtail_localize:stop_translation", args=[russian.pk]))

    assert waiting(russian) == review
    assert target_of(russian).workflow_in_progress
    assert Translation.objects.get(pk=russian.pk).enabled


def test_workflow__begins_in_the_editor_of_wagtail_localize(newsroom, campaign, translator):
    [russian] = newsroom.send(campaign, "ru")

    newsroom.word(russian)

    html = translator.get(edit_url(target_of(russian))).content.decode()

    shown = [text for text in ("World Day [ru]", "Submit for review") if text in html]
    assert shown == ["World Day [ru]", "Submit for review"]


def test_registry_of_permission_policies__has_ours_for_every_piece():
    models = [model for model in apps.get_models() if issubclass(model, TranslatableSnippet)]

    without = [model for model in models if not isinstance(policy_registry.get_by_type(model), LanguagePolicy)]
    assert len(models) == 9
    assert without == []


def test_permission_policy__answers_for_the_language_of_the_object(newsroom, quote):
    [russian] = newsroom.send(quote, "ru")
    target, user = target_of(russian), newsroom.translators["ru"]
    policy = policy_registry.get(quote)

    asked = {
        (piece.locale.language_code, action)
        for piece in (quote, target)
        for action in ("view", "add", "change", "delete", "publish", "lock", "unlock")
        if policy.user_has_permission_for_instance(user, action, piece)
    }

    assert asked == {("ru", "view"), ("ru", "change")}
    assert not policy.user_has_permission(user, "change")
    assert set(policy.instances_user_has_permission_for(user, "change")) == {target}
    assert user in policy.users_with_permission_for_instance("change", target)
    assert user not in policy.users_with_permission_for_instance("change", quote)
    assert user not in policy.users_with_permission("publish")
