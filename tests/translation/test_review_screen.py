"""What a reviewer sees before approving: also links, pictures and other values that the translator has put in
place of the source's, and the page as readers would see it."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail_localize.models import SegmentOverride, Translation

from tests import factories
from tests.scenes import scene
from tests.translating import Newsroom, change_source, edit_url
from translation.models import Review
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db

EVIL = "https://evil.example/phish"


@scene
def campaign(site):
    link = {"text": "Get it", "url": "https://one.example/", "page": None}
    call = {"type": "call_to_action", "id": "call", "value": {"heading": "", "text": "", "link": link}}
    lead = factories.SiteImageFactory(title="A road in spring")
    return factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", lead_image=lead, body=json.dumps([call])
    )


def put(newsroom: Newsroom, translation: Translation, path: str, value: object) -> None:
    segment = translation.source.overridablesegment_set.get(context__path=path)
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    response = newsroom.as_(newsroom.translators["ru"]).put(
        url, f"value={quote(str(value))}", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in (200, 201), response.content


def opened(newsroom: Newsroom, review: Review):
    return newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk]))


def seen(newsroom: Newsroom, review: Review) -> str:
    return opened(newsroom, review).content.decode()


def values(newsroom: Newsroom, review: Review) -> list[Any]:
    return opened(newsroom, review).context["values"]


def test_link_of_the_translations_own__stands_beside_the_originals_as_changed(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    put(newsroom, russian, "body.call.link.url", EVIL)
    button = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    review = newsroom.submit(russian)

    [row] = values(newsroom, review)
    text = seen(newsroom, review)

    assert reverse("translation_review:submit", args=[russian.pk]) in button
    assert (row.original.text, row.value.text, row.changed) == ("https://one.example/", EVIL, True)
    assert row.place.startswith("Body")
    assert EVIL in text
    assert "https://one.example/" in text
    assert f'href="{EVIL}"' not in text


def test_value__that_was_approved_already_is_not_marked_and_one_taken_back_is(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    put(newsroom, russian, "body.call.link.url", "https://two.example/")
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    newsroom.publish(russian)
    change_source(campaign, title="Another day")
    newsroom.word(russian)
    [kept] = values(newsroom, newsroom.submit(russian))
    newsroom.as_(newsroom.translators["ru"]).post(
        reverse("translation_review:take_back", args=[Review.objects.first().pk])
    )
    SegmentOverride.objects.all().delete()

    [gone] = values(newsroom, newsroom.submit(russian))

    assert (kept.value.text, kept.changed) == ("https://two.example/", False)
    assert (gone.value, gone.before.text, gone.changed) == (None, "https://two.example/", True)


def test_value__is_shown_as_it_was_submitted_whatever_is_done_afterwards(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    put(newsroom, russian, "body.call.link.url", EVIL)
    review = newsroom.submit(russian)
    SegmentOverride.objects.all().delete()

    assert EVIL in seen(newsroom, review)


def test_picture__is_shown_by_title_and_thumbnail(newsroom, campaign, site):
    other = factories.SiteImageFactory(title="A bus in winter")
    # Translators choose among what readers see.
    factories.NewsPageFactory(parent=site.news_index, lead_image=other).save_revision().publish()
    [russian] = newsroom.bring_live(campaign, "ru")
    SegmentOverride.objects.create(
        locale=russian.target_locale,
        context=russian.source.overridablesegment_set.get(context__path="lead_image").context,
        data_json=json.dumps(str(other.pk)),
        last_translated_by=newsroom.translators["ru"],
    )
    review = newsroom.submit(russian)

    [row] = values(newsroom, review)
    text = seen(newsroom, review)

    assert (row.original.text, row.value.text) == ("A road in spring", "A bus in winter")
    assert row.value.image == other
    assert other.get_rendition("max-165x165").url in text


def test_preview__shows_the_draft_as_readers_would_see_it_to_who_may_read_it(newsroom, campaign):
    [russian] = newsroom.bring_live(campaign, "ru")
    put(newsroom, russian, "body.call.link.url", EVIL)
    review = newsroom.submit(russian)
    newsroom.word_one(russian, "World Day", "Saved afterwards")
    url = reverse("translation_review:preview", args=[review.pk])
    people = [newsroom.reviewer, newsroom.translators["ru"], newsroom.translators["tg"], newsroom.editor]

    answers = [newsroom.as_(person).get(url) for person in people]

    assert url in seen(newsroom, review)
    assert [answer.status_code for answer in answers] == [200, 200, 302, 302]
    text = answers[0].content.decode()
    assert f'href="{EVIL}"' in text
    assert "World Day [ru]" in text
    assert "Saved afterwards" not in text


def test_head__names_the_thing_and_its_language(newsroom, campaign):
    [russian] = newsroom.send(campaign, "ru")
    newsroom.word(russian)
    review = newsroom.submit(russian)
    key = campaign.translation_key
    screens = {
        reverse("translation_review:review", args=[review.pk]): ("World Day [ru]", "Русский"),
        reverse("translation_review:changes", args=[key]): ("World Day", "English"),
        f"{reverse('translation_exchange:export')}?page={campaign.pk}": ("World Day", "Русский"),
        reverse("translation_life:deleted"): ("Recently deleted", ""),
    }
    superuser = factories.UserFactory(is_superuser=True)
    for url, names in screens.items():
        text = newsroom.as_(superuser).get(url).content.decode()
        [head] = re.findall("<h1[^>]*w-header__title.*?</h1>", text, re.DOTALL)
        [title] = re.findall("<title>.*?</title>", text, re.DOTALL)
        assert all(name in head and name in title for name in names), (url, head, title)


def test_difference__shows_a_persons_signs_as_they_were_typed(newsroom, campaign):
    change_source(campaign, title="Rights & <b>")
    newsroom.bring_live(campaign, "ru")
    change_source(campaign, title="Rights & <script>")

    text = (
        newsroom.as_(newsroom.editor)
        .get(reverse("translation_review:changes", args=[campaign.translation_key]))
        .content.decode()
    )

    assert "&amp;lt;" not in text
    assert "&amp;amp;" not in text
    assert "script&gt;" in text or "<ins>script</ins>" in text
    assert "<script>Rights" not in text


def test_menu__leads_whoever_reviews_to_the_list(newsroom):
    address = reverse("translation_review:index")
    home = reverse("wagtailadmin_home")

    assert address in newsroom.as_(newsroom.reviewer).get(home).text
    for user in (newsroom.translators["ru"], newsroom.editor):
        assert f'"{address}"' not in newsroom.as_(user).get(home).text
