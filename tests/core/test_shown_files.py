"""Images and documents are public while something that readers see shows them, and else were never there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from core.models import ShownFile
from core.references.files import write_rows
from home.models import ResourceFile
from tests import factories
from tests.showing import API, PASSWORD, YESTERDAY, assert_never_there, assert_public, rendition, restrict, story


@pytest.fixture(autouse=True)
def _forgotten_renditions():
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()


def unpublish(site, page) -> None:
    page.unpublish()


def login_needed(site, page) -> None:
    restrict(page, restriction_type="login")


def password_needed_above(site, page) -> None:
    restrict(site.news_index, restriction_type="password", password=PASSWORD)


def private_in_another_language(site, page) -> None:
    restrict(site.news_indexes["ru"], restriction_type="groups")


def past_its_expiry(site, page) -> None:
    page.expire_at = timezone.now() - YESTERDAY
    page.save()


def expired(site, page) -> None:
    page.expire_at = timezone.now() - YESTERDAY
    page.save_revision().publish()
    call_command("publish_scheduled")


def home_offline(site, page) -> None:
    site.home.unpublish()


def deleted(site, page) -> None:
    Page.objects.get(pk=page.pk).specific.delete()


STATES = [
    unpublish, login_needed, password_needed_above, private_in_another_language, past_its_expiry, expired,
    home_offline, deleted,
]  # fmt: skip


@pytest.mark.parametrize("withdraw", STATES)
def test_files__of_what_readers_see_no_more_were_never_there(site, withdraw: Callable[..., Any]):
    shown = story(site)
    assert_public(shown)

    withdraw(site, shown.page)

    assert_never_there(shown)


@pytest.mark.parametrize("kind", ["draft", "scheduled"])
def test_files__of_what_is_to_come_are_not_there_yet(site, kind):
    shown = story(site, live=False)
    assert_never_there(shown)
    if kind == "scheduled":
        shown.page.go_live_at = timezone.now() + YESTERDAY
        shown.page.save_revision().publish()
        assert_never_there(shown)
        shown.page.go_live_at = None
    shown.page.save_revision().publish()
    assert_public(shown)


def test_files__are_gone_with_the_request_that_follows_the_withdrawal(site):
    shown = story(site)
    known = {}
    for name, url in shown.addresses.items():
        response = Client().get(url)
        known[name] = response.headers.get("ETag")
        if not url.startswith(API):
            assert response.headers["Cache-Control"] == "public, no-cache", name
            assert Client().get(url, headers={"If-None-Match": known[name]}).status_code == 304, name

    shown.page.unpublish()

    for name, url in shown.addresses.items():
        assert Client().get(url, headers={"If-None-Match": known[name]}).status_code == 404, name


def test_files__of_a_translation_go_with_its_original(site):
    original = factories.NewsPageFactory(parent=site.news_index)
    image = factories.SiteImageFactory()
    factories.NewsPageFactory(
        parent=site.news_indexes["ru"], translation_key=original.translation_key, lead_image=image
    )
    assert Client().get(rendition(image)).status_code == 200

    original.unpublish()

    assert Client().get(rendition(image)).status_code == 404


def test_file__that_two_pages_show_stays_while_one_of_them_does(site):
    image = factories.SiteImageFactory()
    first, second = (factories.NewsPageFactory(parent=site.news_index, lead_image=image) for _n in range(2))
    first.unpublish()
    assert Client().get(rendition(image)).status_code == 200
    second.lead_image = None
    second.save_revision()
    assert Client().get(rendition(image)).status_code == 200
    second.get_latest_revision().publish()
    assert Client().get(rendition(image)).status_code == 404


def test_file__of_the_draft_of_a_live_page_waits_for_its_publication(site):
    page = factories.NewsPageFactory(parent=site.news_index)
    image = factories.SiteImageFactory()
    page.lead_image = image
    revision = page.save_revision()
    assert Client().get(rendition(image)).status_code == 404
    revision.publish()
    assert Client().get(rendition(image)).status_code == 200


@pytest.mark.parametrize("model", ["home", "section", "content", "campaign", "project", "resource"])
def test_lead_image__of_each_kind_of_page_is_public_with_it(site, model):
    section = factories.SectionPageFactory(parent=site.home)
    resources = factories.ResourceIndexPageFactory(parent=section)
    image = factories.SiteImageFactory()
    page = {
        "home": lambda: site.home,
        "section": lambda: section,
        "content": lambda: factories.ContentPageFactory(parent=section),
        "campaign": lambda: factories.CampaignPageFactory(parent=site.campaign_index),
        "project": lambda: factories.ProjectPageFactory(parent=section),
        "resource": lambda: factories.ResourcePageFactory(parent=resources),
    }[model]()
    page.lead_image = image
    page.save()
    assert Client().get(rendition(image)).status_code == 200
    page.unpublish()
    assert Client().get(rendition(image)).status_code == 404


def test_document__of_a_row_that_is_added_and_removed_by_itself(site):
    section = factories.SectionPageFactory(parent=site.home)
    page = factories.ResourcePageFactory(parent=factories.ResourceIndexPageFactory(parent=section))
    document = factories.DocumentFactory()
    row = ResourceFile.objects.create(page=page, document=document, language="en")
    assert Client().get(document.url).status_code == 200
    row.delete()
    assert Client().get(document.url).status_code == 404


def test_rows__are_written_with_the_page_or_not_at_all(site):
    image = factories.SiteImageFactory()

    with transaction.atomic():
        page = factories.NewsPageFactory(parent=site.news_index, lead_image=image)
        assert ShownFile.objects.filter(source_id=page.pk).count() == 1
        transaction.set_rollback(True)
    assert not ShownFile.objects.filter(file_model="core.siteimage", file_id=image.pk).exists()


def test_rows__left_behind_show_nothing(site):
    """As after a kill at any moment: the rows of a page that is withdrawn are there still."""
    shown = story(site)
    shown.page.unpublish()
    assert ShownFile.objects.filter(source_id=shown.page.pk).exists()
    assert_never_there(shown)


def test_rows__go_with_the_page_and_with_the_file(site):
    shown = story(site)
    key = shown.image.pk
    shown.page.lead_image = None
    shown.image.delete()
    assert not ShownFile.objects.filter(file_model="core.siteimage", file_id=key).exists()
    Page.objects.filter(pk=shown.page.pk).delete()
    assert not ShownFile.objects.filter(source_id=shown.page.pk).exists()


def test_command__writes_the_rows_anew(site, capsys):
    shown = story(site)
    call_command("rebuild_shown_files", check=True)
    ShownFile.objects.all().delete()
    ShownFile.objects.create(
        file_model="core.siteimage", file_id=1, source_model="wagtailcore.page", source_id=9999
    )
    with pytest.raises(CommandError):
        call_command("rebuild_shown_files", check=True)
    assert Client().get(shown.addresses["lead image"]).status_code == 404

    call_command("rebuild_shown_files")

    assert_public(shown)
    call_command("rebuild_shown_files", check=True)
    assert not ShownFile.objects.filter(source_id=9999).exists()
    write_rows(shown.page)
    call_command("rebuild_shown_files", check=True)
