"""The address follows the title until readers know it or an editor has typed one."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from campaigns.models import NewsPage
from core.addresses.migrating import mark_typed
from home.models import SectionPage
from tests import factories
from tests.forms import section_form


@pytest.fixture
def editor(site, client):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


@pytest.fixture
def save(editor, site):
    """Send the form as it stands after the page was opened: with the address that it was saved with."""

    def send(page: Page | None, title: str, slug: str | None = None, **data) -> Page:
        if page is None:
            url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
        else:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            opened = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
            slug = opened.slug if slug is None else slug
        editor.post(url, section_form(title=title, slug=slug or "", **data))
        found = Page.objects.get(pk=page.pk) if page else Page.objects.child_of(site.home).get(draft_title=title)
        return found.specific

    return send


def test_address__follows_the_title_of_a_draft(save):
    page = save(None, "First title")
    assert page.slug == "first-title"

    for title, slug in (("Second title", "second-title"), ("Ҷавонон", "javonon"), ("Third: title", "third-title")):
        page = save(page, title)
        assert page.get_latest_revision_as_object().slug == page.slug == slug


@pytest.mark.parametrize("typed", ["my-address", "first", "first-title-2024"])
def test_address__that_was_typed_stays(save, typed):
    page = save(None, "First title", typed)
    assert save(page, "Second title").slug == typed

    later = save(None, "Another title")
    save(later, "Another title", typed + "-b")
    assert save(later, "Yet another").slug == typed + "-b"


def test_address__that_was_typed_before_it_was_recorded_stays(save):
    typed, proposed = save(None, "First title", "typed"), save(None, "Second title")
    for page in (typed, proposed):
        SectionPage.objects.filter(pk=page.pk).update(address_typed=False)
        page.latest_revision.content.pop("address_typed")
        page.latest_revision.save()

    mark_typed(SectionPage.objects.all(), Revision.objects.all())

    assert save(SectionPage.objects.get(pk=typed.pk), "Another title").slug == "typed"
    assert save(SectionPage.objects.get(pk=proposed.pk), "One more title").slug == "one-more-title"


def test_address__that_was_emptied_follows_again(save):
    page = save(None, "First title", "typed")
    assert save(page, "Second title", "").slug == "second-title"
    assert save(page, "Third title").slug == "third-title"


@pytest.mark.parametrize("sent", [None, ""])
def test_address__of_a_title_in_dari_stays_until_it_is_in_latin_letters_again(save, sent):
    page = save(None, "First title")
    page = save(page, "حقوق شما", sent)
    assert page.slug == "first-title"
    assert save(page, "Second title").slug == "second-title"


def test_address__that_was_typed_stays_when_the_title_was_the_same_for_a_while(save):
    page = save(None, "First title", "orchard")
    for title in ("Orchard", "Orchard of the year"):
        page = save(page, title)
        assert page.slug == "orchard"


def test_address__that_was_typed_as_the_title_makes_it_stays(save):
    page = save(None, "Quick one", "quick-one", **{"slug-typed": "1"})
    assert save(page, "Quick one changed").slug == "quick-one"
    page = save(page, "Third", "third", **{"slug-typed": "1"})
    assert save(page, "Fourth").slug == "third"
    assert save(page, "Fifth", "", **{"slug-typed": ""}).slug == "fifth"


def test_address__that_was_typed_for_a_title_in_dari_stays(save):
    page = save(None, "حقوق شما", "rights")
    assert save(page, "Your rights").slug == "rights"
    assert save(page, "Rights of all").slug == "rights"


@pytest.mark.parametrize("unpublished", [False, True])
def test_address__that_readers_know_stays(save, unpublished):
    page = save(None, "First title", **{"action-publish": "1"})
    assert page.live
    if unpublished:
        page.unpublish()
    assert save(page, "Second title").slug == "first-title"
    assert save(page, "Third title", **{"action-publish": "1"}).slug == "first-title"


def test_address__that_readers_know_in_another_language_stays(save, site):
    page = save(None, "First title")
    factories.SectionPageFactory(
        parent=site.homes["ru"], title="Раздел", slug=page.slug, translation_key=page.translation_key
    )
    assert save(page, "Second title").slug == "first-title"


def test_address__that_another_page_has_gets_a_number_and_follows(save, site):
    factories.SectionPageFactory(parent=site.homes["ru"], title="Camp", slug="camp")
    page = save(None, "Camp")
    assert page.slug == "camp-2"
    # The script of a form that is still open sends what it proposes itself.
    assert save(page, "Camp", "camp").slug == "camp-2"
    assert save(page, "Camp again").slug == "camp-again"


def test_address__of_a_copy_follows_its_title(save, editor, site):
    page = save(None, "Camp")
    copy = page.copy(update_attrs={"slug": "camp-2", "title": "Camp"})
    assert save(copy, "Orchard").slug == "orchard"
    typed = page.copy(update_attrs={"slug": "typed", "title": "Camp"})
    assert save(typed, "Garden").slug == "typed"


def autosave(editor, page: Page, title: str, slug: str) -> dict[str, Any]:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    revision = page.latest_revision
    data = section_form(title=title, slug=slug)
    data |= {"loaded_revision_id": str(revision.pk), "loaded_revision_created_at": revision.created_at.isoformat()}
    return editor.post(url, data, headers={"accept": "application/json"}).json()


def test_autosave__tells_the_open_form_the_address(save, editor):
    page = save(None, "Camp")
    answer = autosave(editor, page, "Camps", "camp")
    assert answer["field_updates"]["slug"] == "camps"
    page.refresh_from_db()
    assert page.slug == "camps"
    answer = autosave(editor, page, "Camps of the year", "camps")
    assert answer["field_updates"]["slug"] == "camps-of-the-year"


def test_form__has_the_script_until_readers_know_the_address(save, editor):
    page = save(None, "Camp")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "keyup-&gt;w-sync#apply" in editor.get(url).text
    typed = save(None, "Orchard", "typed")
    assert "keyup-&gt;w-sync#apply" not in editor.get(reverse("wagtailadmin_pages:edit", args=[typed.pk])).text
    save(page, "Camp", **{"action-publish": "1"})
    assert "keyup-&gt;w-sync#apply" not in editor.get(url).text


def test_first_publication__shows_the_address_and_takes_another(save, editor):
    page = save(None, "Camp")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = editor.get(url).text
    assert "Address after publishing:" in shown
    assert '<bdi dir="ltr">/en/camp/</bdi>' in shown
    assert 'data-w-focus-target-value="#id_slug"' in shown

    page = save(page, "Camp", "orchard", **{"action-publish": "1"})

    assert (page.live, page.slug) == (True, "orchard")
    assert editor.get("/en/orchard/").status_code == 200
    assert "Address after publishing:" not in editor.get(url).text


def test_address__made_from_a_hostile_title_is_ascii(save):
    page = save(None, "Camp")
    page = save(page, "<script>/../%00 Ünï")
    assert SectionPage.objects.get(pk=page.pk).slug == "script00-uni"


@pytest.mark.parametrize(
    ("title", "sent", "slug"),
    [
        ("Camp", "camp-2", "camp-2"),
        ("Orchard", "camp-2", "orchard"),
        ("Orchard", "", "orchard"),
        ("Orchard", "typed", "typed"),
    ],
)
def test_copy__gets_an_address_that_is_free_and_follows_its_title(client, editor, site, title, sent, slug):
    page = factories.NewsPageFactory(parent=site.news_index, title="Camp", slug="camp")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert client.get(address).context["form"]["new_slug"].value() == "camp-2"

    client.post(address, {"new_title": title, "new_slug": sent, "new_parent_page": site.news_index.pk})

    copy = NewsPage.objects.exclude(pk=page.pk).get()
    assert (copy.title, copy.slug) == (title, slug)


@pytest.mark.parametrize("live", [True, False])
def test_copy__of_a_typed_address_proposes_a_free_one(client, editor, site, live):
    page = factories.NewsPageFactory(parent=site.news_index, title="Camp", slug="typed", live=live)
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert client.get(address).context["form"]["new_slug"].value() == "typed-2"

    client.post(address, {"new_title": "Camp", "new_slug": "typed-2", "new_parent_page": site.news_index.pk})

    assert NewsPage.objects.exclude(pk=page.pk).get().slug == "typed-2"


def test_redirect__is_made_of_an_address_that_readers_have_known_alone(save, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = save(save(None, "First title"), "Second title")
        page = save(page, "Third title", "typed", **{"action-publish": "1"})
    assert not Redirect.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "another"
        page.save_revision().publish()
    assert [redirect.old_path for redirect in Redirect.objects.all()] == ["/en/typed"]


def test_copy__of_a_title_without_latin_letters_asks_for_an_address(client, editor, site):
    page = factories.NewsPageFactory(parent=site.news_index, title="Camp", slug="camp")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])

    answer = client.post(address, {"new_title": "باغ", "new_slug": "", "new_parent_page": site.news_index.pk})

    assert "Latin letters" in answer.text
    assert NewsPage.objects.count() == 1


def test_address__that_the_form_proposes_and_another_page_has_gets_a_number(save, editor, site):
    factories.SectionPageFactory(parent=site.home, title="Camp", slug="camp")
    # The script of the form sends what it makes of the title.
    assert save(save(None, "Orchard"), "Camp", "camp").slug == "camp-2"
    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
    editor.post(url, section_form(title="Camp", slug="camp"))
    assert SectionPage.objects.filter(slug="camp-3", title="Camp").exists()
