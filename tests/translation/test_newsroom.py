"""What wagtail-localize does by itself and a newsroom cannot live with: a test for each."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, Translation

from campaigns.models import CampaignPage, NewsPage, Quote
from home.models import SectionPage
from tests import factories
from tests.translating import change_source, edit_url, state_of, submit_url, translation_into, words_of
from translation.models import ApprovedWording, StaleMark
from translation.segments import segments_of, target_of
from translation.states import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(site) -> CampaignPage:
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        introduction="<p>Ask four questions before you go.</p><p>Tell somebody where you are.</p>",
        body=[("rich_text", RichText("<p>A contract in your language is your right.</p>"))],
    )


@pytest.fixture
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
    before = client.get("/ru/news/oven/").content.decode()
    state = state_of(russian)

    newsroom.word(russian, lambda text: f"По-русски: {text}")
    newsroom.decide(newsroom.submit(russian))

    assert 'lang="en"' in before
    assert state.status == Status.IN_TRANSLATION
    assert state.words_left > 0
    assert "По-русски: A loaf" in client.get("/ru/news/oven/").content.decode()


def test_source_edited_and_published__is_flagged(newsroom, campaign):
    [russian, tajik] = newsroom.bring_live(campaign, "ru", "tg")
    assert [state_of(each).status for each in (russian, tajik)] == [Status.LIVE, Status.LIVE]

    change_source(campaign, title="World Day Against Trafficking")

    assert [state_of(each).status for each in (russian, tajik)] == [Status.STALE, Status.STALE]
    assert state_of(russian).words_left == 4


def test_one_added_full_stop__leaves_the_old_translation_and_shows_the_change(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")

    change_source(campaign, short_name="WD.")

    assert words_of(russian, "WD.") == "WD [ru]"
    page = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    assert "WD<ins>.</ins>" in page


def test_published_after_sync__nothing_turns_english(newsroom, campaign, client):
    [russian] = newsroom.bring_live(campaign, "ru")
    changed = "<p>Ask five questions before you go.</p><p>Tell somebody where you are.</p>"
    change_source(campaign, introduction=changed)

    newsroom.as_(newsroom.publisher).post(
        reverse("wagtail_localize:update_translations", args=[russian.source_id]), {"publish_translations": "on"}
    )
    newsroom.publish(russian)

    html = client.get("/ru/campaigns/wdatip/").content.decode()
    assert "Ask four questions before you go. [ru]" in html
    assert "Ask five questions" not in html


def test_block_made_again_with_the_same_text__keeps_its_translation(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    text = "A contract in your language is your right."
    old = {segment.path for segment in segments_of(russian) if segment.source == text}

    change_source(campaign, body=[("rich_text", RichText(f"<p>{text}</p>"))])

    [segment] = [segment for segment in segments_of(russian) if segment.source == text]
    assert segment.path not in old
    assert segment.text == f"{text} [ru]"
    assert segment.is_approved
    assert state_of(russian).status == Status.LIVE


def test_same_text_on_another_page__is_proposed_from_the_memory(newsroom, campaign, site):
    newsroom.bring_live(campaign, "ru")
    other = factories.CampaignPageFactory(
        parent=site.campaign_index, introduction="<p>Tell somebody where you are.</p>"
    )

    [russian] = newsroom.send(other, "ru")

    assert words_of(russian, "Tell somebody where you are.") == "Tell somebody where you are. [ru]"
    assert state_of(russian).status == Status.IN_TRANSLATION
    assert not ApprovedWording.objects.filter(object_key=other.translation_key).exists()


def test_new_language_after_an_edit__starts_from_the_fresh_source(newsroom, campaign):
    newsroom.send(campaign, "ru")
    change_source(campaign, title="Another title")

    [tajik] = newsroom.send(campaign, "tg")

    assert segments_of(tajik)[0].source == "Another title"
    assert target_of(tajik).title == "Another title"


def test_new_title__leaves_the_address(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian, lambda text: "Рӯзи ҷаҳонӣ" if text == "World Day" else f"{text} [ru]")
    newsroom.decide(newsroom.submit(russian))
    newsroom.publish(russian)

    assert target_of(russian).title == "Рӯзи ҷаҳонӣ"
    assert target_of(russian).slug == "wdatip"


def test_alias__is_never_made(newsroom, campaign, site):
    [russian] = newsroom.bring_live(campaign, "ru")
    target = target_of(russian)

    response = newsroom.as_(newsroom.publisher).post(
        reverse("wagtail_localize:convert_to_alias", args=[target.pk])
    )
    newsroom.as_(newsroom.publisher).post(edit_url(target), {"localize-convert-to-alias": "1"})

    assert response.status_code in (302, 403)
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert target_of(russian).title == "World Day [ru]"


def test_po_without_its_header__is_refused(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    url = reverse("wagtail_localize:upload_pofile", args=[russian.pk])

    response = upload(newsroom, url, 'msgid "World Day"\nmsgstr "День"\n')

    assert response.status_code == 302
    assert words_of(russian, "World Day") is None
    assert any("header" in str(message) for message in get_messages(response.wsgi_request))


def upload(newsroom, url: str, content: str):
    file = SimpleUploadedFile("t.po", content.encode(), "text/x-gettext-translation")
    return newsroom.as_(newsroom.translators["ru"]).post(url, {"file": file})


def test_link_with_javascript__is_never_stored_as_good(newsroom, site):
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, resolution="A/RES/68/192", resolution_url="https://example.org/a"
    )
    [russian] = newsroom.send(page, "ru")
    segment = OverridableSegment.objects.get(source=russian.source, context__path="resolution_url")
    url = reverse("wagtail_localize:edit_override", args=[russian.pk, segment.pk])

    response = newsroom.as_(newsroom.translators["ru"]).put(
        url, "value=javascript:alert(1)", content_type="application/x-www-form-urlencoded"
    )
    SegmentOverride.objects.create(
        locale=site.locales["ru"], context=segment.context, data_json='"javascript:alert(1)"'
    )

    assert response.status_code == 400
    assert SegmentOverride.objects.get().has_error
    newsroom.word(russian)
    assert newsroom.submit(russian) is None


def test_chained_translation__is_refused_with_a_reason(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")

    tajik = newsroom.site.locales["tg"].pk
    response = newsroom.as_(newsroom.editor).post(submit_url(target_of(russian)), {"locales": [tajik]})

    assert not Translation.objects.filter(source__locale__language_code="ru").exists()
    assert response.status_code in (200, 302, 403)


def test_draft_over_what_is_live__leaves_the_row(newsroom, campaign, client):
    """`save_target(publish=False)` is no draft once the target is live."""
    [russian] = newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="New title")
    newsroom.word_one(russian, "New title", "Не проверено")

    with pytest.raises(Exception, match="reviewed"):
        russian.save_target(publish=False)

    html = client.get("/ru/campaigns/wdatip/").content.decode()
    assert "World Day [ru]" in html
    assert "Не проверено" not in html


def test_live_quote__is_not_unpublished_by_submitting_a_page_that_shows_it(newsroom, story, site):
    quote = Quote.objects.get()
    [russian] = newsroom.bring_live(quote, "ru")
    assert target_of(russian).live

    newsroom.send(story, "ru")

    assert target_of(russian).live
    assert target_of(russian).text == f"{quote.text} [ru]"


def test_moved_string__of_a_snippet_stays_worded_when_the_source_changes(newsroom, campaign):
    quote = factories.QuoteFactory(text="I read the contract first.", campaigns=[campaign])
    [russian] = newsroom.bring_live(quote, "ru")

    change_source(quote, text="I read the contract first, twice.")

    target = target_of(russian)
    assert target.live
    assert target.text == "I read the contract first. [ru]"
    assert state_of(russian).status == Status.STALE
    assert StaleMark.objects.get().was_approved


def test_section__that_nobody_reviewed_is_published_by_no_path(newsroom, site):
    section = factories.SectionPageFactory(parent=site.home, slug="work")
    [russian] = newsroom.send(section, "ru")
    newsroom.word(russian)
    target = target_of(russian)
    client = newsroom.as_(newsroom.publisher)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    newsroom.publish(russian)
    client.post(f"{bulk}?id={target.pk}")
    client.post(f"/admin/api/main/pages/{target.pk}/action/publish/")

    assert not SectionPage.objects.get(pk=target.pk).live
    assert StringTranslation.objects.exists()
