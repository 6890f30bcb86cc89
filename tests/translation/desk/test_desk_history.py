"""The history of a unit."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override
from wagtail_localize.models import StringTranslation

from tests import factories
from tests.scenes import scene
from tests.translating import words_of
from tests.translation.desk.desks import Desk, UnitOnDesk, desk_of
from translation.desk.history import versions_of
from translation.desk.units import version_of
from translation.models import UnitVersion
from translation.units.origins import CARRIED_TOOL

pytestmark = pytest.mark.django_db


@scene
def russian(newsroom, site):
    [translation] = newsroom.send(factories.ContentPageFactory(parent=site.home, title="Our work"), "ru")
    return translation


@scene
def worded(newsroom, russian):
    unit = desk_of(newsroom, russian).unit("Our work")
    version = unit.save("Работа").json()["version"]
    unit.save("Наша работа", version)
    return russian


def test_history__has_each_text_with_its_author(newsroom, worded):
    unit = desk_of(newsroom, worded).unit("Our work")

    versions = versions_of(worded, unit.segment)

    assert [(each.text, each.is_current) for each in versions] == [("Наша работа", True), ("Работа", False)]
    assert {each.author for each in versions} == {newsroom.translators["ru"]}
    page = unit.desk.client.get(reverse("translation_desk:history", args=unit.args)).content.decode()
    assert "<ins>" in page


def test_history__shows_tags_as_marks(newsroom, site):
    page = factories.NewsPageFactory(parent=site.news_index, body=[("rich_text", "<p>Ask <b>us</b> now.</p>")])
    [russian] = newsroom.send(page, "ru")
    unit = desk_of(newsroom, russian).unit("Ask <b>us</b> now.")
    version = unit.save("<b>Нас</b> спросите").json()["version"]
    unit.save("Спросите <b>нас</b>", version)

    answer = unit.desk.client.get(reverse("translation_desk:history", args=unit.args))
    shown = BeautifulSoup(answer.content, "html.parser")

    assert [each.text for each in shown.select("td[lang]")] == ["Спросите 1нас/1", "1Нас/1 спросите"]
    assert "<b>" not in shown.select_one("main").text
    assert shown.select("ins")
    assert shown.select("del")


def test_history__knows_what_was_approved(newsroom, worded):
    newsroom.word(worded)
    newsroom.decide(newsroom.submit(worded))

    versions = versions_of(worded, desk_of(newsroom, worded).unit("Our work").segment)

    assert [bool(each.approvals) for each in versions] == [True, False]


def test_history__names_where_a_text_comes_from_in_the_language_of_the_interface(newsroom, worded):
    StringTranslation.objects.filter(context__object_id=worded.source.object_id).update(tool_name=CARRIED_TOOL)
    unit = desk_of(newsroom, worded).unit("Our work")
    unit.save("Работа", version_of(StringTranslation.objects.get(context__object_id=worded.source.object_id)))

    with override("ru"):
        assert [each.origin for each in versions_of(worded, unit.segment)] == ["", "прежний текст", ""]


def test_earlier_text__can_be_taken_again(newsroom, worded):
    unit = desk_of(newsroom, worded).unit("Our work")
    url = reverse("translation_desk:history", args=unit.args)

    unit.desk.client.post(url, {"version": f"v{UnitVersion.objects.get().pk}"})

    assert words_of(worded, "Our work") == "Работа"
    assert UnitVersion.objects.count() == 2
    assert unit.desk.client.post(url, {"version": "v0"}).status_code == 404
    assert newsroom.as_(newsroom.translators["tg"]).get(url).status_code == 302


def test_text_taken_again__says_so_and_whose_it_was(newsroom, worded):
    """Until somebody edits it."""
    other = factories.UserFactory(groups=["Translator ru"])
    unit = UnitOnDesk(
        Desk(newsroom.as_(other), worded), worded, desk_of(newsroom, worded).unit("Our work").segment
    )
    url = reverse("translation_desk:history", args=unit.args)
    unit.desk.client.post(url, {"version": f"v{UnitVersion.objects.get().pk}"})
    newsroom.word(worded)

    shown = BeautifulSoup(unit.desk.client.get(url).content, "html.parser").select("main tbody tr")
    saved = unit.save("Работа", version_of(draft_of(worded))).json()["origin"]
    review = newsroom.submit(worded)
    reviewed = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk])).text

    assert f"taken again: text by {newsroom.translators['ru']}," in " ".join(shown[0].text.split())
    assert "taken again" not in shown[1].text + shown[2].text
    assert saved == "taken again"
    assert '<span class="translation-review__origin">taken again</span>' in reviewed
    newsroom.as_(newsroom.translators["ru"]).post(reverse("translation_review:take_back", args=[review.pk]))
    assert unit.save("Работы", version_of(draft_of(worded))).json()["origin"] == ""


def test_approved_text__that_comes_back_when_the_unit_is_cleared_is_taken_again(newsroom, worded):
    newsroom.word(worded)
    newsroom.decide(newsroom.submit(worded))
    unit = desk_of(newsroom, worded).unit("Our work")
    version = unit.save("Работа", version_of(draft_of(worded))).json()["version"]

    assert unit.save("", version).json()["origin"] == "taken again"
    [now, *_before] = versions_of(worded, unit.segment)
    assert (now.text, now.first.author) == ("Наша работа", newsroom.translators["ru"])


def test_corrected_text__is_the_reviewers(newsroom, worded):
    newsroom.word(worded)
    review = newsroom.submit(worded)
    segment = desk_of(newsroom, worded).unit("Our work").segment
    place = f"{segment.context.path_id}/{segment.string.data_hash}"
    named = f"{worded.source.object_id}-{place.replace('/', '-')}"
    sent = {"action": f"correct/{review.pk}/{place}", f"text-{named}": "Труды"}

    shown = newsroom.as_(newsroom.reviewer).post(
        reverse("translation_review:review", args=[review.pk]), sent, follow=True
    )

    assert '<span class="translation-review__origin">corrected in review</span>' in shown.text
    [now, *_before] = versions_of(worded, segment)
    assert (now.text, now.author, now.origin) == ("Труды", newsroom.reviewer, "corrected in review")


def draft_of(translation) -> StringTranslation:
    return StringTranslation.objects.get(
        context__object_id=translation.source.object_id, translation_of__data="Our work"
    )
