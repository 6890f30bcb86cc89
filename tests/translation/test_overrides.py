"""A value that a translator sets in place of the source's passes what the source's would have to pass."""

import json
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page, PageViewRestriction
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from core.models import SiteImage
from tests import factories
from tests.going_live import messages_of
from tests.scenes import scene
from tests.translating import Newsroom, waiting
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def translation(site, newsroom: Newsroom) -> Translation:
    """Of a campaign with a link to an address, one to a page, an image and an address of its own."""
    link = {"text": "Get it", "url": "https://one.example/", "page": None}
    page_link = {"text": "Read", "url": "", "page": site.news_index.pk}
    page = factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        lead_image=factories.SiteImageFactory(),
        resolution_url="https://un.example/68-192",
        body=json.dumps(
            [
                block("call", "call_to_action", heading="", text="", link=link),
                block("read", "call_to_action", heading="", text="", link=page_link),
                block("film", "video", title="Film", url="https://one.example/film", minutes=3, transcript=""),
                block("text", "rich_text", value='<p>See <a href="https://one.example/a">there</a>.</p>'),
            ]
        ),
    )
    return newsroom.send(page, "ru")[0]


def block(id_: str, kind: str, value=None, **values) -> dict[str, Any]:
    return {"type": kind, "id": id_, "value": value or values}


def segment(translation: Translation, path: str) -> OverridableSegment:
    return translation.source.overridablesegment_set.get(context__path=path)


def send(newsroom: Newsroom, translation: Translation, path: str, value, user=None):
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment(translation, path).pk])
    client = newsroom.as_(user or newsroom.translators["ru"])
    return client.put(url, f"value={value}", content_type="application/x-www-form-urlencoded")


def store(translation: Translation, path: str, value, user=None) -> SegmentOverride:
    """Past every screen."""
    return SegmentOverride.objects.create(
        locale=translation.target_locale,
        context=segment(translation, path).context,
        data_json=json.dumps(value),
        last_translated_by=user,
    )


IN_TEXT = "body.text.'https://one.example/a'"
NOWHERE = ["x", "", "-1", "1.5", "987654321", 10**30, [1], {"id": 1}, None, True, "1; DROP"]
HOSTILE = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example/",
    "\\\\evil.example",
    "https://one.example/ x",
    "https://",
    "http://[::1",
    " ",
    "",
    "nowhere",
    "https://one.example/" + "a" * 10_000,
    ["https://one.example/"],
    {"url": "https://one.example/"},
    None,
    True,
    12,
]


@pytest.mark.parametrize("path", ["body.call.link.url", "body.film.url", "resolution_url", IN_TEXT])
def test_address__that_the_source_could_not_have_is_marked_and_passed_over(translation, path):
    unmarked = []
    for value in HOSTILE:
        override = store(translation, path, value)
        unmarked += [] if override.has_error and override.field_error else [value]
        draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        assert draft.body.raw_data[0]["value"]["link"]["url"] == "https://one.example/"
        assert draft.resolution_url in ("https://un.example/68-192", "")
        override.delete()

    # No resolution needs an address.
    assert unmarked == ([""] if path == "resolution_url" else [])


@pytest.mark.parametrize("value", ["https://two.example/ru", "http://two.example/?a=1&b=2#c"])
@pytest.mark.parametrize("path", ["body.call.link.url", "body.film.url", "resolution_url"])
def test_address__that_is_good_is_kept(translation, path, value):
    override = store(translation, path, value)

    assert not override.has_error, override.field_error
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    assert value in (draft.body[0].value["link"]["url"], draft.body[2].value["url"], draft.resolution_url)


def test_address__is_refused_by_the_editor_with_the_message_of_the_block(newsroom, translation):
    refused = send(newsroom, translation, "body.call.link.url", "mailto:a@one.example")

    assert refused.status_code == 400
    assert "Enter a valid URL." in refused.content.decode()
    assert send(newsroom, translation, "body.call.link.url", "https://two.example/").status_code == 201


def test_link_in_a_text__may_be_a_mail_or_a_place_of_this_site(translation):
    for value in ("mailto:a@one.example", "tel:1313", "/ru/help/"):
        assert not store(translation, IN_TEXT, value).has_error
        SegmentOverride.objects.all().delete()


def test_block__with_a_rule_of_its_own_is_asked_as_a_whole(translation):
    """“Exactly one of page or address”: an address cannot be emptied where there is no page."""
    override = store(translation, "body.call.link.url", "")

    assert "not both" in override.field_error


def test_block__that_is_wrong_in_the_source_already_is_not_the_translators_fault(site, newsroom):
    link = {"text": "Get it", "url": "https://one.example/", "page": site.news_index.pk}
    page = factories.CampaignPageFactory(
        parent=site.campaign_index,
        body=json.dumps([block("call", "call_to_action", heading="", text="", link=link)]),
    )
    translation = newsroom.send(page, "ru")[0]

    assert not store(translation, "body.call.link.url", "https://two.example/").has_error
    assert store(translation, "body.call.link.page", "x").has_error


@pytest.mark.parametrize("path", ["body.read.link.page", "lead_image"])
def test_choice__of_what_is_not_there_is_marked(translation, path):
    for value in NOWHERE:
        override = store(translation, path, value)
        assert override.has_error, value
        draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        assert draft.lead_image.pk == translation.source.get_source_instance().lead_image_id
        override.delete()


def test_choice__of_a_page_by_its_number_as_the_editor_sends_it_is_kept(newsroom, site, translation):
    for value in (site.campaign_index.pk, str(site.campaign_index.pk)):
        assert send(newsroom, translation, "body.read.link.page", value).status_code in (200, 201)
    assert not SegmentOverride.objects.get().has_error


def test_choice__of_a_page_that_readers_cannot_open_is_refused(newsroom, site, translation):
    draft = factories.SectionPageFactory(parent=site.home, live=False)
    private = factories.SectionPageFactory(parent=site.home)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    for page in (draft, private, factories.ContentPageFactory(parent=private)):
        refused = send(newsroom, translation, "body.read.link.page", page.pk)
        assert refused.status_code == 400
        assert "is not public" in refused.content.decode()
    assert not SegmentOverride.objects.exists()


def test_choice__of_the_root_is_refused(translation):
    assert store(translation, "body.read.link.page", Page.get_first_root_node().pk).has_error


def test_choice__of_the_number_of_another_kind_is_refused(site, translation):
    page = next(page for page in Page.objects.order_by("-pk") if not SiteImage.objects.filter(pk=page.pk).exists())

    assert store(translation, "lead_image", page.pk).has_error


def test_choice__of_an_image_that_the_translator_may_not_use_is_refused(newsroom, translation):
    hidden = Collection.get_first_root_node().add_child(name="Hidden")
    image = factories.SiteImageFactory(collection=hidden)
    group = newsroom.translators["ru"].groups.get()
    group.collection_permissions.all().delete()

    refused = send(newsroom, translation, "lead_image", image.pk)

    assert refused.status_code == 400
    assert "have permission to use this item" in refused.content.decode()
    assert send(newsroom, translation, "lead_image", image.pk, newsroom.translators["tg"]).status_code == 403
    assert store(translation, "lead_image", image.pk, newsroom.translators["ru"]).has_error


def test_override__of_a_segment_of_another_object_is_not_found(newsroom, site, translation):
    other = factories.CampaignPageFactory(parent=site.campaign_index, resolution_url="https://un.example/other")
    foreign = newsroom.send(other, "ru")[0]
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment(foreign, "resolution_url").pk])

    response = newsroom.as_(newsroom.translators["ru"]).put(
        url, "value=https://two.example/", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 404
    assert not SegmentOverride.objects.exists()


@pytest.mark.parametrize(
    ("path", "value"),
    [("body.call.link.url", "javascript:alert(1)"), ("resolution_url", "x"), ("lead_image", "987654")],
)
def test_submitting__with_a_bad_value_is_refused_with_the_reason(newsroom, translation, path, value):
    newsroom.word(translation)
    store(translation, path, value)
    url = reverse("translation_review:submit", args=[translation.pk])

    response = newsroom.as_(newsroom.translators["ru"]).post(url)

    assert waiting(translation) is None
    assert messages_of(response)
    SegmentOverride.objects.all().delete()
    assert newsroom.submit(translation)


def test_editor__shows_what_is_wrong_with_a_stored_value(newsroom, translation):
    store(translation, "resolution_url", "javascript:alert(1)")
    url = reverse("wagtailadmin_pages:edit", args=[target_of(translation).pk])

    text = newsroom.as_(newsroom.translators["ru"]).get(url).content.decode()

    assert "Enter an address that starts with https:" in text


def test_value__whose_place_the_source_has_lost_is_no_error_of_the_server(translation):
    override = store(translation, "body.call.link.url", "https://two.example/")
    translation.source.content_json = json.dumps({**json.loads(translation.source.content_json), "body": "[]"})
    translation.source.save()

    override.data_json = json.dumps("https://three.example/")
    override.save()

    assert override.has_error


@pytest.mark.parametrize("shown", ["on a draft", "nowhere", "to readers"])
def test_choice__of_an_image_that_is_not_offered_is_refused(newsroom, site, translation, shown):
    image = factories.SiteImageFactory()
    if shown != "nowhere":
        factories.SectionPageFactory(parent=site.home, lead_image=image, live=shown == "to readers")

    answer = send(newsroom, translation, "lead_image", image.pk)

    assert (answer.status_code < 400) is (shown == "to readers")


@pytest.mark.parametrize("kind", ["draft", "private", "below a private page"])
def test_choice__that_is_refused_names_no_page_that_the_translator_does_not_see(newsroom, site, translation, kind):
    page = factories.SectionPageFactory(parent=site.home, title="Secretzavr", live=kind != "draft")
    if kind != "draft":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    if kind == "below a private page":
        page = factories.ContentPageFactory(parent=page, title="Secretzavr")

    refused = send(newsroom, translation, "body.read.link.page", page.pk)

    assert refused.status_code == 400
    assert "Secretzavr" not in refused.content.decode()
