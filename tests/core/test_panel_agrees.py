"""The publishing panel says "Ready to publish." of a draft if and only if publishing it succeeds."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from home.rights import make_groups
from tests import factories
from tests.forms import quote_form
from tests.going_live import edit_url, page_data
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]

READY = "Ready to publish."
SOON = timezone.now() + datetime.timedelta(days=3)
QUOTED = "They told us: “I was afraid to call anybody for two years and I still am afraid.”"


@scene
def page_draft(site):
    make_groups()
    section = factories.SectionPageFactory(parent=site.home)
    factories.ContentPageFactory(parent=section, title="Another", slug="taken")
    return factories.ContentPageFactory(parent=section, title="A page", slug="a-page", live=False)


def panel_of(response) -> Tag | None:
    return BeautifulSoup(response.content.decode(), "html.parser").find(id="before-publishing")


def block(kind: str, value: object) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": "22222222-2222-4222-8222-222222222222"}


def no_change(page):
    return {}


def no_title(page):
    page.title = ""
    return {"title": ""}


def long_description(page):
    page.seo_title = "x" * 300
    return {"seo_title": page.seo_title}


def taken_address(page):
    page.slug = "taken"
    return {"slug": "taken"}


def expires_before_it_goes_live(page):
    page.go_live_at, page.expire_at = SOON + datetime.timedelta(days=2), SOON
    return {name: getattr(page, name).strftime("%Y-%m-%d %H:%M") for name in ("go_live_at", "expire_at")}


def expired(page):
    page.expire_at = timezone.now() - datetime.timedelta(days=2)
    return {"expire_at": page.expire_at.strftime("%Y-%m-%d %H:%M")}


def image_block_without_image(page):
    page.body = page._meta.get_field("body").to_python([block("image", {"image": None, "caption": ""})])
    return {"body": streamfield([("image", {"image": "", "caption": ""})])}


def caption_too_long(page):
    image, caption = factories.SiteImageFactory(), "x" * 400
    page.body = page._meta.get_field("body").to_python([block("image", {"image": image.pk, "caption": caption})])
    return {"body": streamfield([("image", {"image": str(image.pk), "caption": caption})])}


def good_block(page):
    image = factories.SiteImageFactory()
    page.body = page._meta.get_field("body").to_python([block("image", {"image": image.pk, "caption": ""})])
    return {"body": streamfield([("image", {"image": str(image.pk), "caption": ""})])}


def image_without_alternative_text(page):
    page.lead_image = factories.SiteImageFactory(alt_texts={})
    return {"lead_image": str(page.lead_image_id)}


def face_that_nobody_has_confirmed(page):
    page.lead_image = factories.SiteImageFactory(people=True)
    return {"lead_image": str(page.lead_image_id)}


def quoted_passage(page):
    text = f"<p>{QUOTED}</p>"
    page.body = page._meta.get_field("body").to_python([block("rich_text", text)])
    return {"body": streamfield([("rich_text", rich_text(text))])}


GOOD = [no_change, good_block]
BROKEN = [
    no_title,
    long_description,
    taken_address,
    expires_before_it_goes_live,
    expired,
    image_block_without_image,
    caption_too_long,
    image_without_alternative_text,
    face_that_nobody_has_confirmed,
    quoted_passage,
]


@pytest.mark.parametrize("change", [*GOOD, *BROKEN])
def test_page__is_ready_if_and_only_if_publishing_succeeds(client, publisher, page_draft, change):
    sent = change(page_draft)
    page_draft.save_revision(clean=False)

    before = panel_of(client.get(edit_url(page_draft)))
    response = client.post(edit_url(page_draft), page_data(page_draft, **sent, **{"action-publish": "1"}))

    page_draft.refresh_from_db()
    assert page_draft.live == (change in GOOD)
    assert (READY in before.text) == page_draft.live
    if not page_draft.live:
        assert READY not in panel_of(response).text


@pytest.mark.parametrize(
    ("change", "said", "target"),
    [
        (no_title, "required", "#id_title"),
        (image_block_without_image, "required", "22222222-2222-4222-8222-222222222222"),
        (caption_too_long, "300", "22222222-2222-4222-8222-222222222222"),
        (expired, "Expiry", "#id_expire_at"),
    ],
)
def test_finding__names_its_field_and_leads_there(client, publisher, page_draft, change, said, target):
    change(page_draft)
    page_draft.save_revision(clean=False)

    panel = panel_of(client.get(edit_url(page_draft)))

    (line,) = [each for each in panel.find_all("li") if said in each.text]
    assert target in str(line)


def test_refused_form__is_never_called_ready(client, publisher, page_draft):
    """What was sent is not in the object: it could not be read."""
    response = client.post(
        edit_url(page_draft), page_data(page_draft, title="", go_live_at="never", **{"action-publish": "1"})
    )

    panel = panel_of(response)
    assert READY not in panel.text
    assert "Enter a valid date/time" in panel.text


def test_panel__does_not_change_the_object(client, publisher, page_draft):
    page_draft.title = ""
    page_draft.save_revision(clean=False)

    form = client.get(edit_url(page_draft)).context["form"]

    assert form.instance.title == ""
    assert not form.is_bound


QUOTES = {
    "good": {},
    "no words": {"text": ""},
    "nobody said who speaks": {"who_speaks": ""},
    "no consent": {"consent_reference": ""},
    "role too long": {"role": "x" * 300},
    "unknown scope": {"consent_scope": "everything"},
}


@pytest.mark.parametrize("fields", QUOTES.values(), ids=QUOTES)
def test_quote__is_ready_if_and_only_if_publishing_succeeds(client, publisher, site, fields):
    make_groups()
    values = {name: quote_form()[name] for name in ("text", "role", "who_speaks")}
    quote = factories.QuoteFactory(live=False, consent_reference="F-1", consent_scope="website", **values)
    for name, value in fields.items():
        setattr(quote, name, value)
    quote.save_revision(clean=False)
    url = reverse(quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])

    before = panel_of(client.get(url))
    box = before.find("input", {"name": "confirm-public"})
    confirmed = {"confirm-public": box["value"]} if box else {}
    lines = [each.text for each in before.select(".help-warning li")]
    client.post(url, quote_form(**fields, **confirmed, **{"action-publish": "1"}))

    quote.refresh_from_db()
    assert quote.live == (fields == {})
    assert (lines == []) == quote.live
