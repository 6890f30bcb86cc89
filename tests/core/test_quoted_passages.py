"""The publishing check on quoted passages, and the statement that nobody private is quoted."""

import pytest
from django.core.files.base import ContentFile
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield  # noqa: F401

from core.consent.withdrawals import withdraw
from core.publishing.gate import PublishBlocked
from tests import factories
from tests.core.quoting import SAID, WORDS, found_in, with_text
from tests.going_live import assert_nothing_published, edit_url, page_data
from tests.scenes import scene

pytestmark = pytest.mark.django_db

NAME = "No child is alone on the road to school"
BLOCK = "1b671a64-40d5-491e-99b0-da01ff1f3341"


@scene
def story(site):
    return factories.NewsPageFactory(parent=site.news_index, live=False)


@scene
def draft(section):
    page = factories.ContentPageFactory(parent=section, live=False)
    return with_text(page, f"<p>{SAID}</p>")


def test_passage__in_a_body_blocks_publishing(client, publisher, draft):
    answer = client.post(
        edit_url(draft),
        page_data(
            draft,
            body=streamfield([("rich_text", rich_text(f"<p>{SAID}</p>"))]),
            **{"action-publish": "action-publish"},
        ),
    )

    assert "The text contains a quoted passage. (“I sold my phone to pay the broker,”)" in answer.content.decode()
    assert_nothing_published(draft, client)


def save_live(page):
    page.live = True
    page.save()


@pytest.mark.parametrize("go_live", [lambda page: page.get_latest_revision().publish(), save_live])
def test_passage__blocks_publishing_in_code(client, draft, go_live):
    with pytest.raises(PublishBlocked):
        go_live(draft)
    assert_nothing_published(draft, client)


@pytest.mark.parametrize("name", ["title", "summary", "seo_title", "search_description"])
def test_passage__is_found_in_each_field_of_a_story(story, name):
    setattr(story, name, f"“{WORDS}”")

    [finding] = found_in(story)
    assert finding.field == name


LINES = [
    f"-{WORDS}, says Malika Saidova, 16.",
    f"‑{WORDS}, says Malika Saidova, 16.",
    f"−{WORDS}, says Malika Saidova, 16.",
    f"--{WORDS}, says Malika Saidova, 16.",
    "-Меня продали на стройку, - рассказала Малика.",
    "-Маро фурӯхтанд, - гуфт Малика.",
    "-مرا فروختند، ملیکا گفت.",
]


@pytest.mark.parametrize("line", LINES)
def test_line_of_a_dialogue__blocks_publishing_wherever_it_stands(client, story, line):
    image = factories.SiteImageFactory()
    story.save_revision()
    for name, value in (
        ("title", line),
        ("body", [("rich_text", f"<p>At the bazaar.</p><p>{line}</p>")]),
        ("body", [("image", {"image": image, "caption": line})]),
    ):
        draft = story.get_latest_revision_as_object()
        setattr(draft, name, value)
        assert len(found_in(draft)) == 1
        with pytest.raises(PublishBlocked):
            draft.save_revision().publish()
    with pytest.raises(PublishBlocked):
        factories.TakeawayFactory(live=False, statement=line).save_revision().publish()
    assert_nothing_published(story, client)


@pytest.mark.parametrize("name", ["footer_text", "introduction"])
def test_passage__is_found_in_each_field_of_the_home_page(site, name):
    setattr(site.home, name, f"“{WORDS}”")

    [finding] = found_in(site.home)
    assert finding.field == name


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("rich_text", f"<p><b>“{WORDS}”</b></p>"),
        ("image", {"caption": f"“{WORDS}”"}),
        ("video", {"title": "Film", "transcript": f"<p>— {WORDS}, — she said.</p>"}),
        ("chart", {"description": f"“{WORDS}”", "points": []}),
        ("chart", {"description": "", "points": [{"label": f"“{WORDS}”", "value": 1}]}),
        ("toolkit", {"heading": f"“{WORDS}”", "files": []}),
        ("call_to_action", {"text": f"“{WORDS}”", "link": {"text": "x"}}),
        ("call_to_action", {"text": "", "link": {"text": f"“{WORDS}”"}}),
        ("questions", {"questions": [{"question": "Why?", "answer": f"<p>“{WORDS}”</p>"}]}),
        ("programme", {"entries": [{"title": "Talk", "detail": f"“{WORDS}”"}]}),
    ],
)
def test_passage__is_found_in_each_kind_of_block_at_its_place(site, kind, value):
    stream = site.home._meta.get_field("body").stream_block
    site.home.body = stream.to_python([{"type": kind, "value": value, "id": BLOCK}])

    [finding] = found_in(site.home)
    assert finding.field == "body"
    assert finding.block_path[0] == BLOCK


@pytest.mark.parametrize(
    "snippet",
    [
        lambda: factories.TakeawayFactory(live=False, statement=f"“{WORDS}”"),
        lambda: factories.TakeawayFactory(live=False, detail=f"— {WORDS}, — she said."),
        lambda: factories.KeyFigureFactory(live=False, label=f"«{WORDS}»"),
        lambda: factories.QuoteFactory(live=False, role=f"“{WORDS}”"),
    ],
)
def test_passage__is_found_in_snippets(site, snippet):
    assert len(found_in(snippet())) == 1


def test_passage__is_not_asked_for_in_the_words_of_a_quote(site):
    assert found_in(factories.QuoteFactory(text=f"They told me: “{WORDS}.”", live=False)) == []


def test_passage__of_a_draft_that_goes_along_blocks_the_page(story):
    factories.TakeawayFactory(live=False, statement=f"“{WORDS}”", source=story)

    [finding] = found_in(story)
    assert "Takeaway" in finding.where


@pytest.mark.parametrize(
    "make",
    [
        lambda site: factories.CampaignPageFactory(parent=site.campaign_index, title=NAME),
        lambda site: factories.OrganisationFactory(name=NAME),
        lambda site: factories.TopicFactory(name=NAME),
    ],
)
def test_name_in_the_database__is_no_passage(site, story, make):
    story.summary = f"They met at “{NAME}”."
    assert found_in(story)
    make(site)

    assert found_in(story) == []


@pytest.mark.parametrize(
    "name",
    [
        "My uncle beat me every night until I ran away",
        "Меня продали за долги отца",
        "Маро ба марди бегона фурӯхтанд",
    ],
)
def test_name_in_the_database__that_somebody_said_is_a_passage(site, story, name):
    factories.OrganisationFactory(name=name)
    story.summary = f"They met at “{name}”."

    assert found_in(story)


@pytest.mark.parametrize("make", [factories.OrganisationFactory, factories.TopicFactory])
def test_name_in_the_database__of_a_draft_is_a_passage(site, story, make):
    make(name=NAME, live=False)
    story.summary = f"They met at “{NAME}”."

    assert found_in(story)


def test_title_of_another_story__is_a_passage(site, story):
    factories.NewsPageFactory(parent=site.news_index, title=WORDS)
    story.summary = f"“{WORDS}”"

    assert found_in(story)


@pytest.mark.parametrize(
    ("consent", "settled"),
    [
        ({}, True),
        ({"consent_reference": ""}, False),
        ({"consent_scope": "internal"}, False),
    ],
)
def test_quote_of_the_story__settles_the_same_words(story, consent, settled):
    factories.QuoteFactory(text=f"{WORDS}.", source=story, live=False, **consent)
    with_text(story, f"<p>{SAID}</p>")

    assert bool(found_in(story)) != settled


def test_quote_with_withdrawn_consent__settles_nothing(story):
    quote = factories.QuoteFactory(text=f"{WORDS}.", source=story)
    with_text(story, f"<p>{SAID}</p>")
    assert found_in(story) == []
    withdraw(quote, None, "Asked for by telephone")

    assert found_in(story)


def test_quote_of_another_story__settles_nothing(site, story):
    factories.QuoteFactory(text=f"{WORDS}.", source=factories.NewsPageFactory(parent=site.news_index))
    with_text(story, f"<p>{SAID}</p>")

    assert found_in(story)


@pytest.mark.parametrize(
    "texts",
    [
        {"alt_texts": {"en": f"A drawing: “{WORDS}”"}},
        {"alt_texts": {"en": "On the wall stands «My father sold me for debts.»"}},
        {"credit": f"“{WORDS},” Malika, 16"},
    ],
)
def test_passage__in_the_text_of_an_image_is_found_at_the_image(site, texts):
    image = factories.SiteImageFactory(**texts)
    stream = site.home._meta.get_field("body").stream_block
    site.home.body = stream.to_python(
        [{"type": "image", "value": {"image": image.pk, "caption": ""}, "id": BLOCK}]
    )

    [finding] = found_in(site.home)
    assert (finding.field, finding.block_path) == ("body", (BLOCK, "image"))


def test_text_of_an_image__is_read_in_the_language_of_the_page(site):
    image = factories.SiteImageFactory(alt_texts={"en": "A drawing", "ru": "Рисунок: «Папа, не бей маму»"})
    stories = [
        factories.NewsPageFactory(parent=index, live=False, lead_image=image)
        for index in (site.news_index, site.news_index.get_translation(site.locales["ru"]))
    ]

    assert [len(found_in(story)) for story in stories] == [0, 1]


@pytest.mark.parametrize(
    ("spoken", "found"),
    [
        ("I sold my phone to pay the broker.", 1),
        ("Меня продали за долги отца.", 1),
        ("ما را فریب دادند.", 1),
        ("Forty young people met at the river.", 0),
    ],
)
def test_passage__in_the_captions_of_a_film_is_found(site, spoken, found):
    captions = f"WEBVTT\n\n1\n00:00.000 --> 00:04.000\n<v Girl>{spoken}\n".encode()
    document = factories.DocumentFactory(file=ContentFile(captions, "film.vtt"))
    stream = site.home._meta.get_field("body").stream_block
    film = {"title": "Film", "url": "https://example.org/film", "captions": document.pk}
    site.home.body = stream.to_python([{"type": "video", "value": film, "id": BLOCK}])

    assert [finding.block_path for finding in found_in(site.home)] == [(BLOCK, "captions")] * found
