"""A copy of any page does not go live with what it took over until that is changed or confirmed."""

import datetime
import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from core.publishing.gate import PublishBlocked
from tests import factories

TEXT = json.dumps(
    [{"type": "rich_text", "value": "<p>The bus leaves at nine each day.</p><p>Bring a passport.</p>"}]
)


def story(site):
    return factories.NewsPageFactory(
        parent=site.news_index,
        title="Bus to the school",
        summary="A bus brings the children to school.",
        date=datetime.date(2024, 8, 16),
        body=TEXT,
    )


def campaign(site):
    return factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="A day for all",
        short_name="DAY",
        introduction="<p>In 2024 the day is about buses.</p>",
        first_observed=2013,
        body=TEXT,
    )


def content(site):
    section = factories.SectionPageFactory(parent=site.home)
    return factories.ContentPageFactory(
        parent=section, title="What we do", introduction="We run buses.", body=TEXT
    )


def project(site):
    section = factories.SectionPageFactory(parent=site.home)
    return factories.ProjectPageFactory(
        parent=section, title="Buses", summary="Buses for all.", starts_on=datetime.date(2024, 1, 1), body=TEXT
    )


def resource(site):
    section = factories.SectionPageFactory(parent=site.home)
    index = factories.ResourceIndexPageFactory(parent=section)
    return factories.ResourcePageFactory(parent=index, title="Report", year=2024, summary="How buses ran.")


KEPT = {
    story: {"summary", "date", "body"},
    campaign: {"short_name", "introduction", "first_observed", "body"},
    content: {"introduction", "body"},
    project: {"summary", "starts_on", "body"},
    resource: {"summary", "year"},
}


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(groups=["Publisher"])
    client.force_login(user)
    return user


def by_form(client, page):
    client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Another", "new_slug": "another", "new_parent_page": page.get_parent().pk},
    )


def by_admin_api(client, page):
    client.post(
        reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"]),
        {"slug": "another", "title": "Another", "keep_live": "false"},
    )


def in_code(client, page):
    page.copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)


def draft_of(slug: str = "another") -> Page:
    return Page.objects.get(slug=slug).specific.get_latest_revision_as_object()


def copied(draft: Page) -> set[str]:
    """Return the fields in which the gate finds what was copied."""
    try:
        draft.save_revision(clean=False).publish()
    except PublishBlocked as blocked:
        return {finding.field for finding in blocked.findings if finding.code == "copied"}
    return set()


@pytest.mark.parametrize("copying", [by_form, by_admin_api, in_code])
@pytest.mark.parametrize("make", KEPT)
def test_copy__is_blocked_by_what_it_took_over(client, publisher, site, make, copying):
    copying(client, make(site))
    assert copied(draft_of()) == KEPT[make]
    assert not Page.objects.get(slug="another").live


@pytest.mark.parametrize("make", KEPT)
def test_copy__under_the_same_title_is_blocked_by_the_title(site, make):
    make(site).copy(update_attrs={"slug": "another"}, keep_live=False)
    assert copied(draft_of()) == {"title", *KEPT[make]}


@pytest.mark.parametrize("make", KEPT)
def test_copy__is_not_made_live_by_copying(site, make):
    page = make(site)
    with pytest.raises(PublishBlocked):
        page.copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=True)
    assert not Page.objects.filter(slug="another").exists()


def test_copy__that_was_changed_all_over_goes_live(site):
    content(site).copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    draft = draft_of()
    draft.introduction = "We build roads."
    draft.body = json.dumps([{"type": "rich_text", "value": "<p>Roads lead to every village.</p>"}])
    assert copied(draft) == set()
    assert Page.objects.get(slug="another").live


def test_copy__whose_one_date_was_changed_still_has_the_other_texts(site):
    project(site).copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    draft = draft_of()
    draft.starts_on = datetime.date(2026, 1, 1)
    assert copied(draft) == {"summary", "body"}


def test_branch__is_held_page_by_page(client, publisher, site):
    section = factories.SectionPageFactory(parent=site.home, title="Help", introduction="Where to turn to.")
    page = factories.ContentPageFactory(parent=section, title="Shelters", introduction="A bed for a night.")
    factories.ContentPageFactory(parent=page, title="In Khujand", introduction="Two houses in 2024.")
    client.post(
        reverse("wagtailadmin_pages:copy", args=[section.pk]),
        {
            "new_title": "More help",
            "new_slug": "more-help",
            "new_parent_page": site.home.pk,
            "copy_subpages": "on",
        },
    )
    branch = Page.objects.get(slug="more-help").get_descendants(inclusive=True).order_by("path")
    found = [copied(each.get_latest_revision_as_object()) for each in branch.specific()]
    assert found == [{"introduction"}, {"title", "introduction"}, {"title", "introduction"}]


def test_campaign__is_held_with_its_editions(site):
    day = campaign(site)
    factories.EditionPageFactory(
        parent=day, year=2025, starts_on=datetime.date(2025, 7, 1), global_theme="Hold hands"
    )
    copy = day.copy(recursive=True, update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    [edition] = copy.get_children().specific()
    assert copied(edition.get_latest_revision_as_object()) >= {"starts_on", "global_theme"}


def test_copy_of_a_draft__is_held_by_the_texts_of_the_draft(site):
    page = content(site)
    page.introduction = "We run trains."
    page.save_revision(clean=False)
    page.copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    draft = draft_of()
    assert draft.introduction == "We run trains."
    assert "introduction" in copied(draft)


def test_source__stays_live_and_can_be_published_anew(site):
    page = content(site)
    page.copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    page.introduction = "We run buses and trains."
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    assert (page.live, page.introduction) == (True, "We run buses and trains.")


@pytest.mark.parametrize("make", [story, content, resource])
def test_translation__is_no_copy(site, make):
    page = make(site)
    for parent in [each.specific for each in page.get_ancestors().filter(depth__gt=2)]:
        if not parent.has_translation(site.locales["ru"]):
            parent.copy_for_translation(site.locales["ru"])
    assert "copied" not in findings_of(page.copy_for_translation(site.locales["ru"]))


def findings_of(page: Page) -> set[str]:
    try:
        page.save_revision(clean=False).publish()
    except PublishBlocked as blocked:
        return {finding.code for finding in blocked.findings}
    return set()


def test_form__offers_no_live_copy_and_says_why(client, publisher, site):
    page = content(site)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Another", "new_slug": "another", "new_parent_page": page.get_parent().pk}

    shown = client.get(url)
    answer = client.post(url, {**data, "publish_copies": "on"})

    assert "publish_copies" not in shown.context["form"].fields
    assert "Copy the page as a draft." in str(answer.context["form"].errors["publish_copies"])
    assert not Page.objects.filter(slug="another").exists()


def test_admin_api__makes_no_live_copy_and_says_why(client, publisher, site):
    page = content(site)
    answer = client.post(
        reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"]), {"slug": "another", "keep_live": "true"}
    )
    assert answer.status_code == 400
    assert "Copy the page as a draft." in str(answer.json()["keep_live"])


@pytest.mark.parametrize("make", KEPT)
def test_confirmation__lets_a_copy_go_live(client, publisher, site, make):
    make(site).copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    page = Page.objects.get(slug="another")
    url = reverse("copied_parts", args=[page.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text

    taken = client.get(url).context["taken"]
    client.post(url, {"part": [part.digest for part, _source in taken]})

    assert "copied" not in findings_of(draft_of())
