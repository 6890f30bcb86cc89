"""The seven mistakes where they are shown, and findings that somebody waives with a reason."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail_localize.models import Translation

from tests import factories
from tests.scenes import scene
from tests.translating import Newsroom, change_source, edit_url, waiting
from tests.translation.exchanging import bring_in, file_of, upload, xliff_of
from tests.typed import Response
from translation.models import Waiver
from translation.units.segments import segments_of, target_of

pytestmark = pytest.mark.django_db

SOURCE = '<p>In 2024, 50,000 people asked.</p><p>See <b>the <a href="https://one.example/">contract</a></b>.</p>'


@scene
def russian(newsroom, site) -> Translation:
    page = factories.CampaignPageFactory(
        parent=site.campaign_index, title="World Day", slug="wdatip", short_name="WD", introduction=SOURCE
    )
    return newsroom.send(page, "ru")[0]


def put_right(newsroom: Newsroom, translation: Translation) -> None:
    texts = {
        "World Day": "Всемирный день",
        "WD": "ВД",
        "In 2024, 50,000 people asked.": "В 2024 г. спросили 50 тыс. человек.",
    }
    newsroom.word(
        translation,
        lambda source: (
            texts.get(source) or source.replace("See", "См.").replace("the", "этот").replace("contract", "договор")
        ),
    )


def place_of(translation: Translation, beginning: str) -> tuple[str, str]:
    """The source of a unit, by its beginning, and its path."""
    return next((each.source, each.path) for each in segments_of(translation) if each.source.startswith(beginning))


MISTAKES = {
    "figure": ("In 2024", "В 2024 г. спросили 5000 человек.", "Numbers missing: 50,000.", True),
    "link": ("See", "См. <b>этот договор</b>.", "The link 2 (contract) of the source is missing.", True),
    "tag": ("See", 'См. <b>этот <a id="a1">договор</a>.', "a tag is not closed", True),
    "letter": ("World Day", "Всемиpный день", "A word has letters of two scripts: Всемиpный.", True),
    "length": ("WD", "Всемирный день против торговли людьми, каждый год", "Maximum: 40.", True),
    "unchanged": ("World Day", "World Day", "The text is the same as the source.", False),
}


def save(newsroom: Newsroom, translation: Translation, beginning: str, text: str) -> None:
    source, _path = place_of(translation, beginning)
    newsroom.word_one(translation, source, text)


def submitted(newsroom: Newsroom, translation: Translation) -> Response:
    client = newsroom.as_(newsroom.translators["ru"])
    return client.post(reverse("translation_review:submit", args=[translation.pk]), follow=True)


def told(response: Response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request)) + response.content.decode()


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake__is_shown_at_submission_and_in_the_editor(newsroom, russian, name):
    beginning, text, message, is_blocking = MISTAKES[name]
    put_right(newsroom, russian)
    save(newsroom, russian, beginning, text)

    response = submitted(newsroom, russian)

    assert message in told(response)
    assert (waiting(russian) is None) == is_blocking
    editor = newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    assert message in editor


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake__is_shown_at_import(newsroom, russian, name):
    beginning, text, message, _is_blocking = MISTAKES[name]
    put_right(newsroom, russian)
    source, _path = place_of(russian, beginning)
    right = next(each.text for each in segments_of(russian) if each.source == source)
    content = file_of(russian, "po").decode()
    escaped = {each: each.replace('"', '\\"') for each in (right, text)}
    assert escaped[right] in content
    content = content.replace(f'msgstr "{escaped[right]}"', f'msgstr "{escaped[text]}"')

    response = upload(newsroom.as_(newsroom.translators["ru"]), content.encode(), "ru.po")

    assert message in response.content.decode()


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake__is_shown_in_review(newsroom, russian, name):
    """Also one that was submitted before there were checks."""
    beginning, text, message, _is_blocking = MISTAKES[name]
    put_right(newsroom, russian)
    review = newsroom.submit(russian)
    next(each for each in review.wordings if each["source"].startswith(beginning))["text"] = text
    review.save()

    response = newsroom.as_(newsroom.reviewer).get(reverse("translation_review:review", args=[review.pk]))

    assert message in response.content.decode()


def test_stale_and_untouched__is_shown_everywhere(newsroom, russian):
    put_right(newsroom, russian)
    newsroom.decide(newsroom.submit(russian))
    newsroom.publish(russian)
    change_source(russian.source.get_source_instance(), introduction=SOURCE.replace("asked", "asked us"))
    newsroom.sync(russian)
    message = "The source has changed, the text has not."

    shown = upload(newsroom.as_(newsroom.translators["ru"]), file_of(russian, "xliff"))
    response = submitted(newsroom, russian)
    review = waiting(russian)

    assert message in shown.content.decode()
    assert message in told(response)
    assert review is not None
    html = (
        newsroom.as_(newsroom.reviewer)
        .get(reverse("translation_review:review", args=[review.pk]))
        .content.decode()
    )
    assert message in html


def test_finding__is_waived_with_a_reason_that_reviewers_and_files_show(newsroom, russian):
    put_right(newsroom, russian)
    save(newsroom, russian, "In 2024", "В 2024 г. спросили 5000 человек.")
    unit = next(each for each in segments_of(russian) if each.source.startswith("In 2024"))
    client = newsroom.as_(newsroom.translators["ru"])
    sent = {"path_id": unit.path_id, "string_hash": unit.string_hash, "code": "figures"}
    url = reverse("translation_checks:waive", args=[russian.pk])

    client.post(url, {**sent, "reason": " "})
    assert not Waiver.objects.exists()
    editor = f"http://testserver{edit_url(target_of(russian))}"
    assert client.post(url, {**sent, "reason": "As the ministry says"}, headers={"referer": editor}).url == editor

    submitted(newsroom, russian)
    review = waiting(russian)
    assert review is not None
    html = (
        newsroom.as_(newsroom.reviewer)
        .get(reverse("translation_review:review", args=[review.pk]))
        .content.decode()
    )
    assert "As the ministry says" in html
    assert "As the ministry says" in file_of(russian, "xliff").decode()
    assert (
        "As the ministry says"
        in newsroom.as_(newsroom.translators["ru"]).get(edit_url(target_of(russian))).content.decode()
    )


def test_waiver__holds_for_its_text_alone_and_is_taken_back(newsroom, russian):
    put_right(newsroom, russian)
    save(newsroom, russian, "World Day", "Всемиpный день")
    unit = next(each for each in segments_of(russian) if each.source == "World Day")
    client = newsroom.as_(newsroom.translators["ru"])
    url = reverse("translation_checks:waive", args=[russian.pk])
    client.post(
        url, {"path_id": unit.path_id, "string_hash": unit.string_hash, "code": "scripts", "reason": "A mark"}
    )

    save(newsroom, russian, "World Day", "Всемиpный деньь")
    submitted(newsroom, russian)
    assert waiting(russian) is None

    save(newsroom, russian, "World Day", "Всемиpный день")
    client.post(reverse("translation_checks:take_back", args=[Waiver.objects.get().pk]))
    submitted(newsroom, russian)
    assert waiting(russian) is None
    assert not Waiver.objects.exists()


def test_waiving__is_refused_for_other_languages_and_for_what_must_be_corrected(newsroom, russian):
    put_right(newsroom, russian)
    save(newsroom, russian, "See", "См. <b>этот договор</b>.")
    unit = next(each for each in segments_of(russian) if each.source.startswith("See"))
    sent = {"path_id": unit.path_id, "string_hash": unit.string_hash, "code": "link", "reason": "Better so"}
    url = reverse("translation_checks:waive", args=[russian.pk])

    assert newsroom.as_(newsroom.translators["tg"]).post(url, sent).status_code in (302, 403)
    newsroom.as_(newsroom.translators["ru"]).post(url, sent)

    assert not Waiver.objects.exists()


def test_import__takes_a_text_whose_finding_can_be_waived(newsroom, russian):
    _source, path = place_of(russian, "World Day")
    bring_in(newsroom.as_(newsroom.translators["ru"]), xliff_of(russian, **{path: "Всемиpный день"}))

    assert "Всемиpный день" in [each.text for each in segments_of(russian)]
