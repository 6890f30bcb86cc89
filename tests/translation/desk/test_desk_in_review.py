"""What the desk says while a review waits."""

import pytest
from django.urls import reverse

from tests import factories
from tests.scenes import scene
from tests.translating import change_source
from tests.translation.desk.desks import desk_of

pytestmark = pytest.mark.django_db


@scene
def story(newsroom):
    page = factories.NewsPageFactory(parent=newsroom.site.news_index, title="Lanterns", search_description="Forty")
    page.save_revision().publish()
    return page


@scene
def submitted(newsroom, story):
    [translation] = newsroom.send(story, "ru")
    desk = desk_of(newsroom, translation)
    for segment in translation.source.stringsegment_set.select_related("string"):
        desk.unit(segment.string.data).save(f"По-русски {segment.pk}")
    assert newsroom.submit(translation)
    return translation


def said(desk, source: str) -> str:
    return desk.unit(source).on(desk.get()).select_one("[data-review]").text


def test_unit__says_that_it_is_in_review_while_its_text_is(newsroom, submitted):
    desk = desk_of(newsroom, submitted)
    unit = desk.unit("Lanterns")
    text = unit.on(desk.get()).textarea.text.strip()
    before = said(desk, "Lanterns")

    unit.save("Фонарики", unit.on(desk.get())["data-version"])
    changed, other = said(desk, "Lanterns"), said(desk, "Forty")
    unit.save(text, unit.on(desk.get())["data-version"])

    assert (before, changed, other) == ("in review", "changed since submission", "in review")
    assert said(desk, "Lanterns") == "in review"


def test_unit__that_is_new_since_the_submission_is_not_in_review(newsroom, submitted, story):
    change_source(story, search_description="Fifty")

    assert said(desk_of(newsroom, submitted), "Fifty") == "changed since submission"
    assert said(desk_of(newsroom, submitted), "Lanterns") == "in review"


def test_submission__of_changes_begins_with_cancelling_the_review(newsroom, submitted):
    desk = desk_of(newsroom, submitted)
    unit = desk.unit("Lanterns")
    unit.save("Фонарики", unit.on(desk.get())["data-version"])

    state = desk.get().select_one(".desk-state")
    assert "cancel the review and submit again" in " ".join(state.text.split())
    [cancel] = [form for form in state.select("form") if "Cancel review" in form.text]
    sent = {each["name"]: each["value"] for each in cancel.select("input")}
    assert desk.client.post(cancel["action"], sent).url == desk.url

    assert reverse("translation_review:submit", args=[submitted.pk]) in {
        form["action"] for form in desk.get().select(".desk-state form:not([hidden])")
    }
    assert any(each["text"] == "Фонарики" for each in newsroom.submit(submitted).wordings)
