"""A page stands beneath pages of its own language, by whatever path it comes there."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page

from campaigns.models import NewsPage
from tests import factories
from tests.scenes import scene
from tests.typed import Response

pytestmark = pytest.mark.django_db

REFUSAL = "is in English, but the new parent page is in Русский"


@scene
def story(site) -> NewsPage:
    return factories.NewsPageFactory(
        parent=site.news_index, title="Camp", slug="camp", topics=[factories.TopicFactory()]
    )


def logged_in(group: str) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(groups=[group]))
    return client


def copy(client: Client, page: Page, parent: Page, **sent) -> Response:
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk, **sent}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


def by_api(client: Client, page: Page, **sent) -> Response:
    return client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"]), {"slug": "copy", **sent})


def in_russian(site) -> list[Page]:
    return list(site.news_indexes["ru"].get_descendants())


@pytest.mark.parametrize(
    ("group", "sent"),
    [
        ("Publisher", {"publish_copies": "on"}),
        ("Publisher", {"other_languages": "all"}),
        ("Editor", {}),
    ],
)
def test_form__copies_to_no_page_in_another_language(site, story, group, sent):
    response = copy(logged_in(group), story, site.news_indexes["ru"], **sent)

    assert response.status_code == 200
    assert REFUSAL in response.context["form"].errors["new_parent_page"][0]
    assert in_russian(site) == []


@pytest.mark.parametrize("keep_live", ["true", "false"])
def test_admin_api__copies_to_no_page_in_another_language(site, story, keep_live):
    response = by_api(
        logged_in("Publisher"), story, destination_page_id=site.news_indexes["ru"].pk, keep_live=keep_live
    )

    assert response.status_code == 400
    assert REFUSAL in response.json()["destination_page_id"][0]
    assert in_russian(site) == []


def test_api_v3__copies_to_no_page_in_another_language(site, story, settings):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    _token, key = APIToken.create_token(user=factories.UserFactory(groups=["Publisher"]), name="t")

    response = Client().post(
        f"/api/v3/pages/{story.pk}/actions/copy/",
        {"destination_id": site.news_indexes["ru"].pk, "slug": "copy", "keep_live": False},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert 400 <= response.status_code < 500
    assert REFUSAL in response.content.decode()
    assert in_russian(site) == []


@pytest.mark.parametrize("live", [True, False])
def test_code__puts_no_page_beneath_another_language(site, story, live):
    for put in (
        lambda: story.copy(to=site.news_indexes["ru"], update_attrs={"slug": "copy"}, keep_live=live),
        lambda: story.move(site.news_indexes["ru"], pos="last-child"),
        lambda: factories.NewsPageFactory(
            parent=site.news_indexes["ru"], locale=site.locales["en"], slug="made", live=live
        ),
    ):
        with pytest.raises(ValidationError, match="new parent page"):
            put()
    assert in_russian(site) == []
    assert Page.find_problems() == ([], [], [], [], [])


def test_page__that_stands_there_already_can_be_taken_offline_and_put_right(site, story):
    in_its_own = story.move
    Page.objects.filter(pk=story.pk).update(locale=site.locales["ru"])
    story.refresh_from_db()
    story.unpublish()
    assert not NewsPage.objects.get(pk=story.pk).live

    in_its_own(site.news_indexes["ru"], pos="last-child")
    assert NewsPage.objects.get(pk=story.pk).get_parent() == Page.objects.get(pk=site.news_indexes["ru"].pk)


def test_copies__in_one_language_are_made_as_ever(site, story):
    client = logged_in("Publisher")
    copy(client, story, site.news_index)
    copied = NewsPage.objects.get(slug="copy")
    url = reverse("copied_parts", args=[copied.pk])
    client.post(url, {"part": [part.digest for part, _source in client.get(url).context["taken"]]})
    copied.get_latest_revision().publish()
    assert NewsPage.objects.get(slug="copy").live
    copied = NewsPage.objects.get(slug="copy").copy_for_translation(site.locales["ru"])
    assert copied.locale == site.locales["ru"]


def test_page__newly_written_in_a_language_is_an_original(site):
    page = factories.NewsPageFactory(parent=site.news_indexes["ru"], slug="new")
    assert page.locale == site.locales["ru"]
