"""The address of an edition is its year."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns.models import EditionPage
from tests import factories
from tests.scenes import scene


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index)


@pytest.fixture
def editor(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def form(**fields) -> dict[str, Any]:
    values = {
        "title": "The week of the campaign",
        "year": "2026",
        "starts_on": "2026-07-30",
        "global_theme": "",
        "local_theme": "",
        "seo_title": "",
        "search_description": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "1",
        **fields,
    }
    return nested_form_data(values)


def add(editor, campaign, **fields):
    return editor.post(
        reverse("wagtailadmin_pages:add", args=["campaigns", "editionpage", campaign.pk]), form(**fields)
    )


@pytest.mark.parametrize("slug", [{}, {"slug": "the-week-of-the-campaign"}, {"slug": ""}])
def test_edition__made_in_the_browser_stands_under_its_year(editor, campaign, slug):
    add(editor, campaign, **slug)
    edition = EditionPage.objects.get()
    assert (edition.slug, edition.live) == ("2026", True)
    assert editor.get(f"{campaign.get_url()}2026/").status_code == 200


def test_edition__form_offers_no_address_to_fill_in(editor, campaign):
    html = editor.get(reverse("wagtailadmin_pages:add", args=["campaigns", "editionpage", campaign.pk])).text
    assert 'name="slug"' not in html
    assert "#id_slug" not in html


def test_edition__follows_its_year_and_keeps_it_when_the_title_changes(editor, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2025)
    url = reverse("wagtailadmin_pages:edit", args=[edition.pk])
    editor.post(url, form(title="Another title", year="2025", starts_on="2025-07-30"))
    edition.refresh_from_db()
    assert (edition.title, edition.slug) == ("Another title", "2025")
    editor.post(url, form())
    edition.refresh_from_db()
    assert (edition.year, edition.slug) == (2026, "2026")


def test_edition__of_a_year_that_is_taken_is_refused_beside_the_year(editor, campaign):
    factories.EditionPageFactory(parent=campaign, year=2026, title="The first")
    response = add(editor, campaign)
    assert "This campaign already has an edition of 2026: “The first”." in response.text
    assert EditionPage.objects.count() == 1


def test_edition__of_which_translations_exist_keeps_its_year(editor, site, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2025)
    russian = campaign.copy_for_translation(site.locales["ru"])
    translated = edition.copy_for_translation(site.locales["ru"])
    assert (translated.slug, translated.year) == ("2025", 2025)
    assert translated.get_parent().pk == russian.pk
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[edition.pk]), form())
    assert "the address must be the same" in response.text
    assert EditionPage.objects.get(pk=edition.pk).year == 2025


@pytest.mark.parametrize(
    ("year", "starts_on", "fits"),
    [
        (2026, "2026-01-01", True),
        (2026, "2025-12-10", True),
        (2026, "2027-01-10", True),
        (2026, "2025-11-30", False),
        (2026, "2027-02-01", False),
        (1999, "2026-07-30", False),
    ],
)
def test_edition__starts_in_its_year_or_at_its_turn(editor, campaign, year, starts_on, fits):
    response = add(editor, campaign, year=str(year), starts_on=starts_on)
    assert EditionPage.objects.exists() == fits
    assert ("must start in" in response.text) != fits


@pytest.fixture
def copied(editor, campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2025, title="The week")

    def copy(slug: str):
        return editor.post(
            reverse("wagtailadmin_pages:copy", args=[edition.pk]),
            {"new_title": "The next", "new_slug": slug, "new_parent_page": campaign.pk, "publish_copies": "on"},
        )

    return copy


def test_edition__copy_is_a_draft_of_the_year_that_was_asked_for(copied, editor):
    copied("2026")
    copy = EditionPage.objects.get(title="The next")
    latest = copy.get_latest_revision_as_object()
    assert (copy.slug, copy.year, copy.live) == ("2026", 2026, False)
    assert (latest.slug, latest.year) == ("2026", 2026)


@pytest.mark.parametrize("slug", ["2025", "the-next", "1"])
def test_edition__copy_of_no_other_year_is_refused(copied, slug):
    assert copied(slug).status_code == 200
    assert EditionPage.objects.count() == 1


def test_edition__copied_in_code_needs_a_year_for_its_address(campaign):
    edition = factories.EditionPageFactory(parent=campaign, year=2025)
    with pytest.raises(ValidationError, match="Enter the year"):
        edition.copy(update_attrs={"slug": "next"}, keep_live=False)
    assert EditionPage.objects.count() == 1


def test_edition__goes_along_with_a_copied_campaign(site, campaign):
    factories.EditionPageFactory(parent=campaign, year=2025, starts_on=datetime.date(2025, 7, 30))
    copy = campaign.copy(recursive=True, update_attrs={"slug": "another"}, keep_live=False)
    [edition] = EditionPage.objects.child_of(copy)
    assert (edition.slug, edition.year) == ("2025", 2025)
