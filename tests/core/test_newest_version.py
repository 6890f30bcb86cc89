"""A save never goes over a version that its form does not know."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from core.editing.versions import KEPT_ASIDE
from home.models import ContentPage
from tests import factories
from tests.going_live import edit_url, messages_of, page_data
from tests.saving import SCRIPT, loaded, newest_title, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(section, publisher):
    page = factories.ContentPageFactory(parent=section, live=False, title="As it was")
    page.save_revision(user=publisher)
    return page


@pytest.mark.parametrize("button", ["", "action-publish", "action-submit"])
def test_form__on_an_older_version_is_refused_with_who_and_a_comparison(client, page, other, button):
    form = loaded(page)
    page.title = "Zebo's"
    newest = page.save_revision(user=other)

    data = page_data(page, **form, title="Mine", **({button: "1"} if button else {}))
    response = client.post(edit_url(page), data)

    assert newest_title(page) == "Zebo's"
    assert not ContentPage.objects.get(pk=page.pk).live
    assert "Zebo Alieva saved a newer version" in messages_of(response)
    kept = page.revisions.get(user_id=response.wsgi_request.user.pk, content__title="Mine")
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, newest.pk, kept.pk])
    shown = response.content.decode()
    assert compare in shown
    assert 'value="Mine"' in shown or ">Mine<" in shown
    assert f'name="loaded_revision_id" value="{form["loaded_revision_id"]}"' in shown
    compared = client.get(compare).content.decode()
    assert "Mine" in compared
    assert "Zebo" in compared
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Saved separately" in history


def test_form__pressed_again_is_refused_again_and_kept_once(client, page, other):
    form = {**loaded(page), "editing_form": "a-form"}
    page.title = "Zebo's"
    page.save_revision(user=other)

    for title in ("Mine", "Mine again"):
        client.post(edit_url(page), page_data(page, **form, title=title))

    assert newest_title(page) == "Zebo's"
    assert PageLogEntry.objects.filter(page=page, action=KEPT_ASIDE).count() == 1
    assert sorted(titles(page)) == ["As it was", "Mine again", "Zebo's"]


def test_autosave__on_an_older_version_is_refused_with_who_and_a_comparison(client, page, other):
    form = loaded(page)
    page.title = "Zebo's"
    page.save_revision(user=other)

    answer = client.post(edit_url(page), page_data(page, **form, title="Mine"), headers=SCRIPT)

    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert "Zebo Alieva" in answer.json()["error_message"]
    assert client.get(answer.json()["compare_url"]).status_code == 200
    assert newest_title(page) == "Zebo's"


def test_form__opened_before_there_was_any_version_is_refused(client, section, publisher, other):
    page = factories.ContentPageFactory(parent=section, title="As it was")
    shown = client.get(edit_url(page)).content.decode()
    assert 'name="loaded_revision_id" value=""' in shown
    form = loaded(page)
    page.title = "Zebo's"
    page.save_revision(user=other)

    client.post(edit_url(page), page_data(page, **form, title="Mine"))

    assert newest_title(page) == "Zebo's"


def test_form__whose_saves_got_no_answer_goes_on(client, page):
    """The server has stored them, and the browser has not heard of it."""
    form = {**loaded(page), "editing_form": "a-form"}

    for title in ("One", "Two", "Three"):
        assert client.post(edit_url(page), page_data(page, **form, title=title), headers=SCRIPT).json()["success"]
    client.post(edit_url(page), page_data(page, **form, title="Four", **{"action-publish": "1"}))

    page = ContentPage.objects.get(pk=page.pk)
    assert page.live
    assert page.title == "Four"


def test_form__of_the_same_person_in_another_window_is_refused(client, page):
    one, two = ({**loaded(page), "editing_form": name} for name in ("one", "two"))
    client.post(edit_url(page), page_data(page, **one, title="One"), headers=SCRIPT)

    response = client.post(edit_url(page), page_data(page, **two, title="Two"))

    assert newest_title(page) == "One"
    assert "another window" in messages_of(response)


@pytest.mark.parametrize("sent", ["0", "x", "²", "9" * 40, "-1"])
def test_form__with_a_version_that_never_was_is_refused_without_an_error(client, page, sent):
    response = client.post(edit_url(page), page_data(page, title="Mine", loaded_revision_id=sent))

    assert response.status_code == 200
    assert newest_title(page) == "As it was"


def test_restoring__an_older_version_is_refused_where_a_newer_was_saved(client, page, other):
    form, old = loaded(page), page.latest_revision
    page.title = "Zebo's"
    page.save_revision(user=other)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])

    client.post(url, page_data(page, **form, title="Old"))
    assert newest_title(page) == "Zebo's"

    client.post(url, page_data(page, **loaded(page), title="Old"))
    assert newest_title(page) == "Old"
