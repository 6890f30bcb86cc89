"""The address of a draft that was sent for translation follows its title, in all languages at once."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from home.models import SectionPage
from tests import factories
from tests.forms import section_form
from tests.scenes import scene
from tests.translating import Newsroom

pytestmark = pytest.mark.django_db


def save(newsroom: Newsroom, page: Page, title: str, slug: str | None = None, **data: str) -> None:
    """Send the form as it stands after the page was opened, or with another address."""
    opened = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    sent = section_form(title=title, slug=opened.slug if slug is None else slug, **data)
    newsroom.as_(newsroom.publisher).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)


@scene
def translated(site, newsroom: Newsroom) -> Page:
    """A draft, sent into two languages; one of the translations is drafted."""
    page = factories.SectionPageFactory(parent=site.home, title="First title", slug="first-title", live=False)
    page.save_revision()
    russian, _tajik = newsroom.send(page, "ru", "tg")
    newsroom.word(russian)
    return page


def in_languages(page: Page) -> dict[str, Page]:
    rows = Page.objects.filter(translation_key=page.translation_key).select_related("locale").specific()
    return {row.locale.language_code: row for row in rows}


def addresses(page: Page) -> dict[str, set[str]]:
    """Return what addresses page, drafts and place in the tree have, by language."""
    return {
        code: {row.slug, row.url_path.split("/")[-2], *(each.content["slug"] for each in row.revisions.all())}
        for code, row in in_languages(page).items()
    }


@pytest.mark.parametrize(
    ("title", "sent", "slug"),
    [("Second title", None, "second-title"), ("Ҷавонон", "", "javonon"), ("First title", "typed", "typed")],
)
def test_address__of_translated_drafts_follows_in_every_language(newsroom, translated, title, sent, slug):
    save(newsroom, translated, title, sent)

    assert set(in_languages(translated)) == {"en", "ru", "tg"}
    assert {each.slug for each in in_languages(translated).values()} == {slug}
    assert addresses(translated)["ru"] == addresses(translated)["tg"] == {slug}


def test_address__of_translated_drafts_is_that_of_their_first_publication(newsroom, translated, client):
    save(newsroom, translated, "Second title")
    page = SectionPage.objects.get(pk=translated.pk)
    page.get_latest_revision().publish()
    newsroom.bring_live(page, "ru")

    assert client.get("/ru/second-title/").status_code == 200
    assert {each.slug for each in in_languages(page).values()} == {"second-title"}


def test_address__of_pages_beneath_follows_too(newsroom, translated, site):
    below = factories.SectionPageFactory(
        parent=in_languages(translated)["ru"], title="Раздел", slug="below", live=False
    )
    save(newsroom, translated, "Second title")
    assert Page.objects.get(pk=below.pk).url_path.endswith("/second-title/below/")


def test_address__of_drafts_stays_once_a_translation_was_live(newsroom, translated):
    russian = in_languages(translated)["ru"]
    Page.objects.filter(pk=russian.pk).update(first_published_at="2024-08-16T09:00Z")
    save(newsroom, translated, "Second title")
    assert {each.slug for each in in_languages(translated).values()} == {"first-title"}


def test_address__of_a_translation_is_not_typed_in_its_own_form(newsroom, translated):
    russian = in_languages(translated)["ru"]
    russian.slug = "other"
    with pytest.raises(ValidationError):
        russian.full_clean()
    save(newsroom, russian, "Второе название", "other")
    assert {each.slug for each in in_languages(translated).values()} == {"first-title"}


def test_autosave__of_a_translated_draft_takes_its_translations_along(newsroom, translated):
    revision = translated.latest_revision
    data = section_form(title="Camps", slug="first-title")
    data |= {"loaded_revision_id": str(revision.pk), "loaded_revision_created_at": revision.created_at.isoformat()}
    address = reverse("wagtailadmin_pages:edit", args=[translated.pk])
    publisher = newsroom.as_(newsroom.publisher)
    answer = publisher.post(address, data, headers={"accept": "application/json"}).json()
    assert answer["field_updates"]["slug"] == "camps"
    assert {each.slug for each in in_languages(translated).values()} == {"camps"}


def test_address__that_a_translation_would_share_with_another_gets_a_number(newsroom, translated, site):
    factories.SectionPageFactory(parent=site.homes["tg"], title="Camp", slug="camp")
    save(newsroom, translated, "Camp")
    assert {each.slug for each in in_languages(translated).values()} == {"camp-2"}
