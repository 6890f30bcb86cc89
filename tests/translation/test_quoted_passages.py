"""What is stated of a passage of the source holds for its translations."""

import pytest
from wagtail_localize.operations import translate_object

from core.publishing.gate import PublishBlocked
from core.quotations.checks import passages_of
from core.quotations.statements import state
from core.rules import reviewed_elsewhere
from tests import factories
from tests.core.quoting import found_in
from tests.scenes import scene

pytestmark = pytest.mark.django_db

SOURCE = "<p>The bus came at four.</p><p>“I sold my phone to pay the broker,” says Malika.</p>"
ONE = "<p>Автобус пришёл в четыре.</p><p>«Я продала телефон, чтобы заплатить посреднику», — говорит Малика.</p>"
MORE = ONE + "<p>«Меня били каждый день», — добавляет она.</p>"
ELSEWHERE = "<p>«Автобус, мой автобус пришёл в четыре», — говорит он.</p><p>Телефон продан.</p>"


@scene
def pages(site):
    """A page and its translation, both drafts."""
    section = factories.SectionPageFactory(parent=site.home)
    page = factories.ContentPageFactory(parent=section, live=False, body=[("rich_text", SOURCE)])
    page.save_revision()
    translate_object(section, [site.locales["ru"]])
    target = factories.ContentPageFactory(
        parent=section.get_translation(site.locales["ru"]), translation_key=page.translation_key, live=False
    )
    return page, target


def translated(page, target, html):
    stream = page._meta.get_field("body").stream_block
    [block] = page.body.raw_data
    target.body = stream.to_python([{"type": "rich_text", "value": html, "id": block["id"]}])
    target.save_revision()
    return target


def settle(page):
    for found in passages_of(page):
        state(page, found.digest, None)
    page.get_latest_revision().publish()
    page.refresh_from_db()


def test_translation__is_blocked_while_the_source_is_not_settled(pages):
    page, target = pages

    assert len(found_in(translated(page, target, ONE))) == 1


def test_translation__goes_live_on_the_statement_of_the_source(pages):
    page, target = pages
    settle(page)

    assert found_in(translated(page, target, ONE)) == []


@pytest.mark.parametrize(("html", "asked"), [(MORE, 1), (ELSEWHERE, 1), (ONE + ONE, 1)])
def test_translation__with_a_passage_that_the_source_lacks_is_blocked(pages, html, asked):
    page, target = pages
    settle(page)

    assert len(found_in(translated(page, target, html))) == asked


def test_translation__is_asked_again_when_the_source_passage_changes(pages):
    page, target = pages
    settle(page)
    with reviewed_elsewhere():
        translated(page, target, ONE).get_latest_revision().publish()
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{**page.body.raw_data[0], "value": SOURCE.replace("phone", "ring and my phone")}]
    )
    page.save_revision()
    with pytest.raises(PublishBlocked):
        page.get_latest_revision().publish()
    settle(page)
    target.refresh_from_db()

    assert found_in(target)
    assert found_in(translated(page, target, ONE.replace("телефон", "кольцо и телефон"))) == []


def test_translation__follows_a_passage_that_moves(pages):
    page, target = pages
    settle(page)
    with reviewed_elsewhere():
        translated(page, target, ONE).get_latest_revision().publish()
    target.refresh_from_db()
    target.title = "Другое название"

    assert found_in(target) == []


def test_translation__of_a_name_needs_no_statement(pages):
    page, target = pages
    page.body = [("rich_text", "<p>They read “Safe Migration for All People of Central Asia”.</p>")]
    page.save_revision().publish()
    html = "<p>Они читали «Безопасная миграция для всех и каждого в странах Центральной Азии».</p>"

    assert found_in(translated(page, target, html)) == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("“Fifteen men stood in one room,” says Malika.", "«Меня держали в одной комнате», — говорит Малика."),
        ("“Run!” she shouted.", "«Беги, пока не вернулся тот, кто запирал двери!» — крикнула она."),
        ("“I sold my phone to pay the broker for the ticket,” says Malika.", "«Я продала», — говорит Малика."),
        (
            "“I sold my phone,” says Malika.",
            "«Я продала телефон», — говорит Малика. «Меня били», — говорит Зарина.",
        ),
        (
            "“I sold my phone,” says Malika. “They beat me,” says Zarina.",
            "«Я продала телефон, а меня били», — говорит Малика.",
        ),
    ],
)
def test_translation__that_cannot_be_one_is_asked(pages, source, html):
    page, target = pages
    page.body = [("rich_text", f"<p>{source}</p>")]
    page.save_revision()
    settle(page)

    assert found_in(translated(page, target, f"<p>{html}</p>"))
