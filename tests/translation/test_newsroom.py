"""What wagtail-localize does by itself and a newsroom cannot live with: a test for each, which fails on plain
wagtail-localize (`make plain`). Here what becomes of texts; `test_newsroom_life.py` has what happens to their
source, `test_newsroom_files.py` what comes from outside."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, NewsPage, Quote
from tests import factories
from tests.scenes import scene
from tests.translating import change_source, edit_url, state_of, submit_url, translation_into, words_of
from translation.models import Unit
from translation.units.segments import segments_of, target_of
from translation.units.states import Status

pytestmark = pytest.mark.django_db


@scene
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        introduction="<p>Ask four questions before you go.</p><p>Tell somebody where you are.</p>",
        body=[("rich_text", RichText("<p>A contract in your language is your right.</p>"))],
    )


@scene
def story(site, campaign) -> NewsPage:
    quote = factories.QuoteFactory(text="A loaf is lighter than a debt.", campaigns=[campaign])
    return factories.NewsPageFactory(
        parent=site.news_index,
        title="At the oven",
        slug="oven",
        campaigns=[campaign],
        body=[("voices", {"heading": "Heard there", "limit": 3, "picks": [quote], "only_picked": True})],
    )


def test_page_submitted_for_translation__does_not_go_live(newsroom, campaign, client):
    [russian] = newsroom.send(campaign, "ru")

    assert not target_of(russian).live
    assert client.get("/ru/campaigns/wdatip/").status_code == 404


def test_related_quote_not_translated__is_counted_and_appears_once_it_is(newsroom, story, client):
    newsroom.bring_live(story, "ru")
    quote = Quote.objects.get(locale__language_code="en")
    russian = translation_into(quote, "ru")

    html = client.get("/ru/news/oven/").content.decode()
    said = re.findall("<blockquote.*?</blockquote>", html)
    assert said == ['<blockquote lang="en" dir="ltr"><p>A loaf is lighter than a debt.</p></blockquote>']
    assert state_of(russian).status == Status.IN_TRANSLATION
    assert state_of(russian).words_left > 0

    newsroom.word(russian, lambda text: f"По-русски: {text}")
    newsroom.decide(newsroom.submit(russian))
    assert "По-русски: A loaf" in client.get("/ru/news/oven/").content.decode()


def test_source_edited_and_published__is_flagged(newsroom, campaign):
    [russian, tajik] = newsroom.bring_live(campaign, "ru", "tg")
    coordinator = newsroom.as_(newsroom.editor)
    before = coordinator.get(reverse("wagtailadmin_home")).content.decode()

    change_source(campaign, title="World Day Against Trafficking")

    after = coordinator.get(reverse("wagtailadmin_home")).content.decode()
    assert ["Out of date" in text for text in (before, after)] == [False, True]
    assert [state_of(each).status for each in (russian, tajik)] == [Status.STALE, Status.STALE]
    assert state_of(russian).words_left == 4


def test_after_sync__one_added_full_stop_leaves_the_old_translation_and_shows_the_change(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")

    change_source(campaign, short_name="WD.")
    newsroom.sync(russian)

    assert words_of(russian, "WD.") == "WD [ru]"
    page = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    assert "WD<ins>.</ins>" in page


def test_published_after_sync__nothing_turns_english(newsroom, campaign, client):
    [russian] = newsroom.bring_live(campaign, "ru")
    changed = "<p>Ask five questions before you go.</p><p>Tell somebody where you are.</p>"
    change_source(campaign, introduction=changed)

    newsroom.sync(russian, publish_translations="on")
    newsroom.publish(russian)

    html = client.get("/ru/campaigns/wdatip/").content.decode()
    known, new = "Ask four questions before you go. [ru]", "Ask five questions before you go."
    assert [text for text in (known, new) if text in html] == [known]


def test_block_made_again_with_the_same_text__keeps_its_translation(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    text = "A contract in your language is your right."
    old = {segment.path for segment in segments_of(russian) if segment.source == text}

    change_source(campaign, body=[("rich_text", RichText(f"<p>{text}</p>"))])
    newsroom.sync(russian)

    [segment] = [segment for segment in segments_of(russian) if segment.source == text]
    assert segment.path not in old
    assert segment.text == f"{text} [ru]"
    assert segment.is_approved
    assert state_of(russian).status == Status.LIVE


def test_block_made_on_another_page_with_the_same_text__is_proposed_from_the_memory(newsroom, campaign, site):
    newsroom.bring_live(campaign, "ru")
    other = factories.CampaignPageFactory(
        parent=site.campaign_index, introduction="<p>Tell somebody where you are.</p>"
    )

    [russian] = newsroom.send(other, "ru")

    assert words_of(russian, "Tell somebody where you are.") == "Tell somebody where you are. [ru]"
    assert state_of(russian).status == Status.IN_TRANSLATION
    assert not Unit.objects.approved().filter(object_key=other.translation_key).exists()


def test_new_locale_added_after_an_edit_of_the_source__starts_from_the_fresh_one(newsroom, campaign):
    newsroom.send(campaign, "ru")
    change_source(campaign, title="Another title")

    [tajik] = newsroom.send(campaign, "tg")

    assert segments_of(tajik)[0].source == "Another title"
    assert target_of(tajik).title == "Another title"


def test_cyrillic_slug__and_a_new_title_leave_the_address(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian, lambda text: "Рӯзи ҷаҳонӣ")
    newsroom.decide(newsroom.submit(russian))
    newsroom.publish(russian)

    assert target_of(russian).title == "Рӯзи ҷаҳонӣ"
    assert target_of(russian).slug == "wdatip"


def test_alias_of_an_untranslated_page__is_never_made(newsroom, campaign, client):
    [russian] = newsroom.send(campaign, "ru")
    publisher, page = newsroom.as_(newsroom.publisher), target_of(russian)

    publisher.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))
    publisher.post(edit_url(page), {"localize-convert-to-alias": "1"})

    assert list(Page.objects.filter(alias_of__isnull=False)) == []
    assert Translation.objects.get().enabled
    assert client.get("/ru/campaigns/wdatip/").status_code == 404


def test_en_to_ru_to_tg_then_en_to_tg__is_refused_with_a_reason(newsroom, story):
    quote = Quote.objects.get()
    [russian] = newsroom.bring_live(quote, "ru")
    tajik = newsroom.site.locales["tg"]

    response = newsroom.as_(newsroom.editor).post(submit_url(target_of(russian)), {"locales": [tajik.pk]})
    newsroom.send(story, "tg")

    editor = newsroom.as_(newsroom.translators["tg"])
    assert editor.get(edit_url(Quote.objects.get(locale=tajik))).status_code == 200
    assert not Translation.objects.filter(source__locale__language_code="ru").exists()
    assert "is a translation. Send its source" in response.content.decode()
