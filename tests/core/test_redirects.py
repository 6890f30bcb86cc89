"""An old address leads to the new one, and never in circles."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

from home.models import ContentPage
from tests import factories
from tests.many import insert_pages
from tests.scenes import scene


@scene
def sections(site):
    """Two sections, in English and Russian."""
    made = {}
    for slug in ("first", "second"):
        english = factories.SectionPageFactory(parent=site.home, slug=slug, title=slug)
        russian = factories.SectionPageFactory(parent=site.homes["ru"], translation_key=english.translation_key)
        made[slug] = {"en": english, "ru": russian}
    return made


@scene
def rights(sections):
    english = factories.ContentPageFactory(parent=sections["first"]["en"], slug="rights", title="Rights")
    russian = factories.ContentPageFactory(
        parent=sections["first"]["ru"], title="Права", translation_key=english.translation_key
    )
    factories.ContentPageFactory(parent=english, slug="below", title="Below")
    return {"en": english, "ru": russian}


@pytest.fixture
def publisher(client, site):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def leads_to(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 301, address
    assert "max-age=3600" in response.headers["Cache-Control"]
    return response.url


def move(page, destination) -> None:
    page.refresh_from_db()
    destination.refresh_from_db()
    page.move(destination, "last-child")


def rename(page, slug: str, capture) -> None:
    page.refresh_from_db()
    page.slug = slug
    with capture(execute=True):
        page.save_revision().publish()


def confirm_url(page, destination) -> str:
    return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])


def test_moving_in_all_languages__leaves_a_redirect_in_each(publisher, client, sections, rights):
    url = confirm_url(rights["en"], sections["second"]["en"])
    publisher.post(url, {"other_languages": "all"})
    assert leads_to(client, "/en/first/rights/") == "/en/second/rights/"
    assert leads_to(client, "/ru/first/rights/") == "/ru/second/rights/"
    assert leads_to(client, "/en/first/rights/below/") == "/en/second/rights/below/"


def test_moving__shows_the_redirects_beforehand(publisher, sections, rights):
    text = publisher.get(confirm_url(rights["en"], sections["second"]["en"])).text
    for code in ("en", "ru"):
        assert f"/{code}/first/rights/" in text
        assert f"/{code}/second/rights/" in text
    assert Redirect.objects.count() == 0


def test_moving__to_where_it_is_or_a_draft_shows_none(publisher, sections, rights):
    text = publisher.get(confirm_url(rights["en"], sections["first"]["en"])).text
    assert "Old address" not in text


def test_moving_twice__makes_no_chain(client, site, sections, rights):
    third = factories.SectionPageFactory(parent=site.home, slug="third")
    move(rights["en"], sections["second"]["en"])
    move(rights["en"], third)
    assert leads_to(client, "/en/first/rights/") == "/en/third/rights/"
    assert leads_to(client, "/en/second/rights/") == "/en/third/rights/"


def test_moving_back__removes_the_redirect(client, sections, rights):
    move(rights["en"], sections["second"]["en"])
    move(rights["en"], sections["first"]["en"])
    assert client.get("/en/first/rights/").status_code == 200
    assert leads_to(client, "/en/second/rights/") == "/en/first/rights/"
    assert leads_to(client, "/en/second/rights/below/") == "/en/first/rights/below/"
    old_paths = Redirect.objects.values_list("old_path", flat=True)
    assert not [path for path in old_paths if path.startswith("/en/first")]
    rights["en"].refresh_from_db()
    rights["en"].unpublish()
    assert client.get("/en/first/rights/").status_code == 404


def test_new_page_at_an_old_address__wins_also_when_it_is_gone(client, sections, rights):
    for code in ("en", "ru"):
        move(rights[code], sections["second"][code])
    sections["first"]["en"].refresh_from_db()
    new = factories.ContentPageFactory(
        parent=sections["first"]["en"], slug="rights", title="New rights", live=False
    )
    assert leads_to(client, "/en/first/rights/") == "/en/second/rights/"
    new.save_revision().publish()
    assert "New rights" in client.get("/en/first/rights/").text
    new.refresh_from_db()
    new.unpublish()
    assert client.get("/en/first/rights/").status_code == 404


def test_redirect_of_an_editor__stays_and_never_leads_to_itself(client, sections, rights):
    Redirect.objects.create(old_path="/en/first/rights", redirect_page=rights["en"])
    rights["en"].save_revision().publish()
    assert Redirect.objects.count() == 1
    rights["en"].refresh_from_db()
    rights["en"].unpublish()
    assert client.get("/en/first/rights/").status_code == 404


def test_renaming__leaves_redirects_and_shows_them_beforehand(
    publisher, client, sections, django_capture_on_commit_callbacks
):
    page = factories.ContentPageFactory(parent=sections["first"]["en"], slug="old", title="Page")
    factories.ContentPageFactory(parent=page, slug="below", title="Below")
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "redirect automatically" in publisher.get(edit_url).text
    page.slug = "new"
    page.save_revision()
    text = publisher.get(edit_url).text
    assert "/en/first/old/" in text
    assert "/en/first/new/" in text
    assert client.get("/en/first/old/").status_code == 200
    rename(page, "new", django_capture_on_commit_callbacks)
    assert leads_to(client, "/en/first/old/") == "/en/first/new/"
    assert leads_to(client, "/en/first/old/below/") == "/en/first/new/below/"
    rename(page, "old", django_capture_on_commit_callbacks)
    assert client.get("/en/first/old/").status_code == 200
    assert leads_to(client, "/en/first/new/") == "/en/first/old/"


def test_redirect__keeps_what_was_asked_for(client, sections, rights):
    move(rights["en"], sections["second"]["en"])
    assert leads_to(client, "/en/first/rights/?utm=1&kind=a%20b") == "/en/second/rights/?utm=1&kind=a%20b"
    own = Redirect.objects.create(old_path="/en/go?to=there", redirect_link="/en/second/#there")
    assert leads_to(client, "/en/go/?to=there") == "/en/second/#there"
    own.old_path, own.redirect_link = "/en/go", "/en/second/?a=1#there"
    own.save()
    assert leads_to(client, "/en/go/?to=there") == "/en/second/?a=1&to=there#there"


@pytest.mark.parametrize(
    "link", ["/en/second", "/EN/Second/", "/en/second/.", "/middle", "/Middle/", "http://testserver/en/second"]
)
def test_redirect_to_an_address__leads_to_the_canonical_one_at_once(client, sections, link):
    Redirect.objects.create(old_path="/old", redirect_link=f"{link}?a=1#there")
    Redirect.objects.create(old_path="/middle", redirect_page=sections["second"]["en"])
    assert leads_to(client, "/old").partition("?")[0].partition("#")[0] == "/en/second/"


@pytest.mark.parametrize("link", ["https://www.example.org/a?b=1#c", "/documents/1/a.pdf", "/somewhere/else?t=1"])
def test_redirect_to_what_is_no_page__leads_there(client, sections, link):
    Redirect.objects.create(old_path="/old", redirect_link=link)
    assert leads_to(client, "/old/") == link


@pytest.mark.parametrize("links", [["/a"], ["/b", "/a"], ["/b", "/c", "/a/"]])
def test_redirects_in_a_circle__lead_nowhere(client, sections, links):
    for old, new in zip("abc", links, strict=False):
        Redirect.objects.create(old_path=f"/{old}", redirect_link=new)
    assert client.get("/a").status_code == 404
    assert client.get("/a/").status_code == 404


def test_redirect_to_a_page_that_is_offline__leads_nowhere(client, sections, rights):
    Redirect.objects.create(old_path="/old", redirect_page=rights["en"])
    assert leads_to(client, "/old") == "/en/first/rights/"
    rights["en"].unpublish()
    assert client.get("/old").status_code == 404


@pytest.mark.parametrize("deed", ["move", "rename"])
def test_large_branch__is_moved_and_renamed_with_a_redirect_for_each_page(
    publisher, sections, rights, deed, django_capture_on_commit_callbacks
):
    branch = factories.ContentPageFactory(parent=sections["first"]["en"], slug="branch", title="Branch")
    old = [page.get_url() for page in insert_pages(branch, [ContentPage(title=f"P {n}") for n in range(1_010)])]
    if deed == "move":
        publisher.post(confirm_url(branch, sections["second"]["en"]))
        new = "/en/second/branch/"
    else:
        rename(branch, "tree", django_capture_on_commit_callbacks)
        new = "/en/first/tree/"
    for address in (old[0], old[-1]):
        assert leads_to(publisher, address) == f"{new}{address.rstrip('/').rpartition('/')[2]}/"
    assert Redirect.objects.count() == len(old) + 1


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_large_branch__is_deleted_by_who_types_the_name_of_the_site(publisher, sections, language):
    section = sections["first"]["en"]
    insert_pages(section, [ContentPage(title=f"P {n}") for n in range(12)])
    profile = UserProfile.get_for_user(get_user_model().objects.get(is_superuser=True))
    profile.preferred_language = language
    profile.save()
    address = reverse("wagtailadmin_pages:delete", args=[section.pk])
    shown = publisher.get(address).text
    name = settings.WAGTAIL_SITE_NAME
    assert name in shown
    form = {"confirm_site_name": "another", "other_languages": "only_this"}
    publisher.post(address, form)
    assert type(section).objects.filter(pk=section.pk).exists()
    publisher.post(address, {**form, "confirm_site_name": name})
    assert not type(section).objects.filter(pk=section.pk).exists()
