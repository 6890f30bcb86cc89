"""Images and documents are public while something that readers see shows them, and else were never there."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from core.media.shown import write_rows
from core.models import ShownFile
from core.share.pictures import looked_up
from home.models import ResourceFile
from tests import factories

PASSWORD = "a-word-of-ours"
YESTERDAY = datetime.timedelta(days=1)
API = "/api/v2/"


@dataclass
class Shown:
    """A page with all the files that it shows: `addresses` by what they are."""

    page: Page
    image: object
    document: object
    captions: object
    addresses: dict[str, str]
    never: dict[str, str]


@pytest.fixture(autouse=True)
def _forgotten_renditions():
    # Wagtail remembers renditions by the number of their image, which SQLite gives out again.
    caches["default"].clear()


def rendition(image) -> str:
    return image.get_rendition("width-400|format-webp").url


def story(site, **kwargs) -> Shown:
    image = factories.SiteImageFactory(people=True, title="Lantern")
    poster, inside = factories.SiteImageFactory(), factories.SiteImageFactory()
    film, captions, leaflet, linked = (factories.DocumentFactory(title=f"Paper {n}") for n in range(4))
    files = [{"title": "Leaflet", "document": leaflet, "language": "en"}]
    body = [
        ("image", {"image": inside, "caption": ""}),
        ("video", {"title": "Film", "file": film, "captions": captions, "poster": poster}),
        ("toolkit", {"heading": "", "introduction": "", "files": files}),
        ("rich_text", f'<p><a linktype="document" id="{linked.pk}">Paper</a></p>'),
    ]
    page = factories.NewsPageFactory(parent=site.news_index, lead_image=image, body=body, **kwargs)
    addresses = {
        "lead image": rendition(image),
        "image in the body": rendition(inside),
        "poster": rendition(poster),
        "film": film.url,
        "captions": captions.url,
        "file of the toolkit": leaflet.url,
        "link in the text": linked.url,
        "image of the API": f"{API}images/{image.pk}/",
        "document of the API": f"{API}documents/{leaflet.pk}/",
        "share picture": looked_up(page).url,
    }
    never = {
        "/media/": "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp",
        "/documents/": "/documents/999999/leaflet.pdf",
        f"{API}images/": f"{API}images/999999/",
        f"{API}documents/": f"{API}documents/999999/",
        "/share/": "/share/999999/0123456789abcdef.png",
    }
    return Shown(page, image, leaflet, captions, addresses, never)


def answer(client: Client, address: str, **headers) -> tuple:
    """All that an answer tells."""
    response = client.get(address, headers=headers)
    body = b"" if response.streaming and response.status_code == 200 else response.content
    return response.status_code, body, sorted(response.headers.items())


def assert_public(shown: Shown, client: Client | None = None) -> None:
    found = {name: (client or Client()).get(url).status_code for name, url in shown.addresses.items()}
    assert set(found.values()) == {200}, found


def assert_never_there(shown: Shown) -> None:
    for name, url in shown.addresses.items():
        never = next(address for start, address in shown.never.items() if url.startswith(start))
        for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}, {"Cookie": "sessionid=nobodys"}):
            found, expected = answer(Client(), url, **headers), answer(Client(), never, **headers)
            assert found == expected, (name, headers)
            assert found[0] == 404, (name, headers)
        assert Client().head(url).status_code == 404, name


def restrict(page, **kwargs) -> None:
    PageViewRestriction.objects.create(page=page, **kwargs)


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
def test_files__of_what_readers_see_no_more_were_never_there(site, withdraw: Callable):
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


# -- Portraits


@pytest.fixture
def portrait():
    return factories.SiteImageFactory(people=True)


def test_portrait__is_public_while_a_quote_that_readers_see_has_its_speaker(site, portrait):
    person = factories.PersonFactory(photo=portrait)
    assert Client().get(rendition(portrait)).status_code == 404
    quote = factories.QuoteFactory(speaker=person)
    assert Client().get(rendition(portrait)).status_code == 200
    quote.unpublish()
    assert Client().get(rendition(portrait)).status_code == 404


def hide_person(quote) -> None:
    quote.speaker.unpublish()


def hide_source(quote) -> None:
    quote.source.unpublish()


def lock_source(quote) -> None:
    restrict(quote.source, restriction_type="login")


def withdraw_words(quote) -> None:
    type(quote).objects.filter(pk=quote.pk).update(consent_withdrawn=timezone.localdate())


def end_consent_of_words(quote) -> None:
    type(quote).objects.filter(pk=quote.pk).update(consent_until=timezone.localdate() - YESTERDAY)


def withdraw_face(quote) -> None:
    quote.speaker.photo.consent_withdrawn = timezone.localdate()
    quote.speaker.photo.save()


def end_consent_of_face(quote) -> None:
    quote.speaker.photo.consent_until = timezone.localdate() - YESTERDAY
    quote.speaker.photo.save()


def take_photo_away(quote) -> None:
    quote.speaker.photo = None
    quote.speaker.save_revision().publish()


def delete_person(quote) -> None:
    quote.speaker.delete()


@pytest.mark.parametrize(
    "withdraw",
    [
        hide_person, hide_source, lock_source, withdraw_words, end_consent_of_words, withdraw_face,
        end_consent_of_face, take_photo_away, delete_person,
    ],
)  # fmt: skip
def test_portrait__goes_with_the_words_the_consent_and_the_person(site, portrait, withdraw):
    source = factories.NewsPageFactory(parent=site.news_index)
    quote = factories.QuoteFactory(speaker=factories.PersonFactory(photo=portrait), source=source)
    address, record = rendition(portrait), f"{API}images/{portrait.pk}/"
    assert [Client().get(each).status_code for each in (address, record)] == [200, 200]

    withdraw(quote)

    assert answer(Client(), address) == answer(Client(), "/media/images/AAAAAAAAAAAAAAAAAAAAAA.webp")
    assert answer(Client(), record) == answer(Client(), f"{API}images/999999/")
    assert Client().get(address).status_code == 404


def test_portrait__of_a_speaker_in_another_language_is_that_of_the_words(site, portrait):
    person = factories.PersonFactory()
    russian = factories.PersonFactory(locale="ru", translation_key=person.translation_key, photo=portrait)
    quote = factories.QuoteFactory(speaker=person)
    assert Client().get(rendition(portrait)).status_code == 200
    withdraw_words(quote)
    assert Client().get(rendition(portrait)).status_code == 404
    assert russian.live


# -- Doors


def test_files__of_a_private_page_are_for_whoever_has_passed_its_door(site):
    shown = story(site)
    restrict(shown.page, restriction_type="password", password=PASSWORD)
    draft = story(site, live=False)
    restriction = PageViewRestriction.objects.get()
    reader = Client()
    assert reader.get(shown.addresses["lead image"]).status_code == 404
    reader.post(
        f"/en/_util/authenticate_with_password/{restriction.pk}/{shown.page.pk}/",
        {"password": PASSWORD, "return_url": "/en/"},
    )
    for name in ("lead image", "poster", "film", "captions"):
        response = reader.get(shown.addresses[name])
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store"), name
        assert reader.get(draft.addresses[name]).status_code == 404, name


def test_files__in_a_private_collection_are_in_no_public_answer(site):
    shown = story(site)
    closed = Collection.get_first_root_node().add_child(name="Closed")
    beneath = closed.add_child(name="Beneath")
    for file in (shown.image, shown.document):
        file.collection = beneath
        file.save()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert Client().get(shown.addresses["lead image"]).status_code == 404
    assert shown.addresses["lead image"] not in Client().get(shown.page.get_url()).text
    assert Client().get(shown.addresses["image of the API"]).status_code == 404
    assert Client().get(shown.addresses["document of the API"]).status_code == 404
    door = Client().get(shown.addresses["file of the toolkit"])
    assert door.status_code == 302
    wrong_name = f"/documents/{shown.document.pk}/other.pdf"
    assert answer(Client(), wrong_name) == answer(Client(), "/documents/999999/leaflet.pdf")


@pytest.mark.parametrize("group", ["Editor", "Publisher", "Reviewer", "Translator ru"])
def test_files__of_drafts_are_seen_by_who_works_in_the_admin(site, group):
    shown = story(site, live=False)
    client = Client()
    client.force_login(factories.UserFactory(groups=[group]))
    for name in ("lead image", "image in the body", "poster", "film", "captions"):
        response = client.get(shown.addresses[name])
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store"), name
        assert "ETag" not in response


# -- Documents


@pytest.mark.parametrize(
    "address",
    [
        "/documents/",
        "/documents/{pk}/",
        "/documents/{pk}/other.pdf",
        "/documents/{pk}/%00",
        "/documents/{pk}/{name}%00",
        "/documents/{pk}/{name}/",
        "/documents/{pk}/%0A",
        "/documents/{pk}/../{pk}/{name}",
        "/documents/99999999999999999999999/{name}",
        "/documents/0/{name}",
        "/documents/-1/{name}",
        "/documents/x/{name}",
        "/documents/{pk}/" + "a" * 5000,
        "/documents/" + "9" * 5000 + "/{name}",
    ],
)
def test_document__has_one_address_and_no_other(site, address):
    document = story(site).document
    name = document.filename
    found = answer(Client(), address.format(pk=document.pk, name=name))

    assert found == answer(Client(), f"/documents/999999/{name}")
    assert found[0] == 404


@pytest.mark.parametrize(
    "address", ["/share/1/%00.png", "/share/%00/a.png", "/adras/%00/a.svg", "/adras/teal/%00.svg"]
)
def test_address__with_a_nul_is_not_there(site, address):
    assert Client().get(address).status_code == 404


def test_document__is_sent_with_one_query(site, django_assert_num_queries):
    shown = story(site)
    draft = story(site, live=False)
    with django_assert_num_queries(1):
        response = Client().get(shown.addresses["film"])
    assert b"".join(response) == b"%PDF-1.4 leaflet"
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    with django_assert_num_queries(1):
        assert Client().get(draft.addresses["lead image"]).status_code == 404


# -- The rows


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
    Page.objects.filter(pk=shown.page.pk).update(live=False)
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
