"""Wagtail's form for the privacy of a page, and what it records: all of it or nothing."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from search import following
from tests import factories


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_privacy_form__keeps_readers_out(client, site, kind):
    story = factories.NewsPageFactory(parent=site.news_index)
    client.force_login(factories.UserFactory(is_superuser=True))
    response = client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[story.pk]),
        {"restriction_type": kind, "password": "letmein"},
    )
    assert response.json()["is_public"] is False
    client.logout()
    assert story.title not in client.get(story.get_url()).text


def test_privacy_form__sets_nothing_where_it_cannot_be_recorded(client, site, monkeypatch):
    def fail(path):
        raise OSError("No space left")

    monkeypatch.setattr(following, "record_branch", fail)
    client.force_login(factories.UserFactory(is_superuser=True))
    story = factories.NewsPageFactory(parent=site.news_index)
    with pytest.raises(OSError, match="No space left"):
        client.post(reverse("wagtailadmin_pages:set_privacy", args=[story.pk]), {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


def test_privacy_form__is_for_who_may_set_it(client, site):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    address = reverse("wagtailadmin_pages:set_privacy", args=[site.news_index.pk])
    assert client.post(address, {"restriction_type": "login"}).status_code in (302, 403)
    assert not PageViewRestriction.objects.exists()
