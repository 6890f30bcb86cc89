"""Statements that nobody private is quoted in a passage, and what was live before they were asked for."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield  # noqa: F401

from core.models import PassageStatement
from core.publishing.gate import PublishBlocked
from core.quotations.checks import url_of_passages
from home.rights import make_groups
from tests import factories
from tests.core.quoting import SAID, WORDS, found_in, with_text
from tests.going_live import edit_url
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def draft(section):
    page = factories.ContentPageFactory(parent=section, live=False)
    return with_text(page, f"<p>{SAID}</p>")


def state(client, page, **data):
    [finding] = found_in(page.get_latest_revision_as_object())[:1]
    return client.post(url_of_passages(page), {"passage": finding.passage, "action": "state", **data})


def test_statement__lets_the_page_go_live(client, publisher, draft):
    state(client, draft)

    draft.get_latest_revision().publish()
    draft.refresh_from_db()
    statement = PassageStatement.objects.get()
    assert draft.live
    assert statement.stated_by == publisher
    assert log_registry.get_logs_for_instance(draft).filter(action="core.passage_stated", user=publisher).exists()


def test_statement__keeps_no_words(client, publisher, draft):
    state(client, draft)

    stored = str(PassageStatement.objects.values().get())
    logged = str([entry.data for entry in log_registry.get_logs_for_instance(draft).filter(user=publisher)])
    assert "phone" not in stored
    assert "phone" not in logged


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"<p>Before.</p><p>{SAID}</p><p>After.</p>", 0),
        (f"<p>«{WORDS.upper()}!» Says MALIKA Saidova (16) – tells the desk’s paralegal.</p>", 0),
        (f"<p>‘{WORDS} in Moscow,’ says Malika.</p>", 1),
        (f"<p>{SAID} ‘They beat me,’ she adds.</p>", 1),
    ],
)
def test_statement__holds_for_the_passage_wherever_it_stands(client, publisher, draft, text, asked):
    state(client, draft)

    assert len(found_in(with_text(draft, text))) == asked


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"“{WORDS},” says Malika.", f"“{WORDS},” says Zarina."),
        (f"“{WORDS},” says the deputy minister.", f"“{WORDS},” says a girl, 16."),
        (f"Malika, 16, remembers: “{WORDS}.”", f"Nigora, 16, remembers: “{WORDS}.”"),
        ("«Меня продали», — сказал Алишер.", "«Меня продали», — сказала Гулнора."),
        ("«مرا فروختند»، ملیکه گفت.", "«مرا فروختند»، زرینه گفت."),
        (f"“{WORDS},” said the minister of labour.", f"“{WORDS},” said a girl of the camp."),
        ("«Меня продали», — сказал министр.", "«Меня продали», — сказала девушка."),
        ("The minister spoke. “They sold us.”", "A girl of the camp spoke. “They sold us.”"),
    ],
)
def test_statement__is_asked_again_when_somebody_else_says_the_words(client, publisher, draft, before, after):
    with_text(draft, f"<p>{before}</p>")
    state(client, draft)
    assert found_in(with_text(draft, f"<p>The bus left. {before}</p>")) == []

    assert len(found_in(with_text(draft, f"<p>{after}</p>"))) == 1


def test_statement__holds_for_one_page(client, publisher, draft, section):
    state(client, draft)
    other = with_text(factories.ContentPageFactory(parent=section, live=False), f"<p>{SAID}</p>")

    assert found_in(other)
    assert found_in(draft.copy(update_attrs={"slug": "copy", "title": "Copy", "live": False}, keep_live=False))


def test_statement__is_taken_back(client, publisher, draft):
    state(client, draft)
    digest = PassageStatement.objects.get().digest
    client.post(url_of_passages(draft), {"passage": digest, "action": "take_back"})

    assert found_in(draft)
    assert log_registry.get_logs_for_instance(draft).filter(action="core.passage_statement_taken_back").exists()


def test_statement__on_what_is_not_in_the_draft_is_refused(client, publisher, draft):
    answer = client.post(url_of_passages(draft), {"passage": "0" * 64})

    assert answer.status_code == 404
    assert not PassageStatement.objects.exists()


@pytest.mark.parametrize("groups", [[], ["Translators ru"]])
def test_statement__needs_the_right_to_edit(client, draft, groups):
    user = factories.UserFactory(groups=groups, is_staff=True)
    make_groups()
    client.force_login(user)
    answer = client.post(url_of_passages(draft), {"passage": "0" * 64})

    assert answer.status_code in (302, 403)
    assert not PassageStatement.objects.exists()


def test_statement__by_get_states_nothing(client, publisher, draft):
    shown = client.get(url_of_passages(draft)).content.decode()

    assert WORDS in shown
    assert "Nobody private is quoted here" in shown
    assert not PassageStatement.objects.exists()


def test_panel__has_the_way_to_the_statement_and_follows_it(client, publisher, draft):
    panel = client.get(edit_url(draft)).content.decode()
    assert f'href="{url_of_passages(draft)}#p-' in panel
    assert "admin/js/passages.js" in panel
    [finding] = found_in(draft)

    answer = client.post(
        url_of_passages(draft), {"passage": finding.passage}, headers={"accept": "text/html; fragment=panel"}
    )
    assert "contains a quoted passage" not in answer.content.decode()
    assert "Ready to publish." in answer.content.decode()


def test_panel__of_a_snippet_has_it_too(client, publisher, site):
    takeaway = factories.TakeawayFactory(live=False, statement=f"“{WORDS}”")
    takeaway.save_revision()
    shown = client.get(reverse(takeaway.snippet_viewset.get_url_name("edit"), args=[takeaway.pk])).content.decode()
    assert url_of_passages(takeaway) in shown

    state(client, takeaway)
    assert found_in(takeaway) == []


@pytest.fixture
def live_before(draft, monkeypatch):
    """Live since before there was the check."""
    with monkeypatch.context() as before:
        before.setattr("core.quotations.checks.passage_findings", lambda subject, found: [])
        draft.get_latest_revision().publish()
    draft.refresh_from_db()
    return draft


def test_live_before__stays_live_and_is_listed(live_before, client):
    live_before.save()
    out = StringIO()
    call_command("list_quoted_passages", stdout=out)

    assert client.get(live_before.get_url()).status_code == 200
    assert "1 passages in 1 pages and snippets." in out.getvalue()
    assert "I sold my phone" in out.getvalue()
    with pytest.raises(CommandError, match="1 passages"):
        call_command("list_quoted_passages", "--check", stdout=StringIO())


def test_live_before__is_not_published_anew_without_a_statement(live_before):
    live_before.introduction = "New."
    with pytest.raises(PublishBlocked):
        live_before.save_revision().publish()


def test_live_before__is_not_listed_once_it_is_stated(live_before, client, publisher):
    state(client, live_before)
    out = StringIO()
    call_command("list_quoted_passages", "--check", stdout=out)

    assert out.getvalue().startswith("0 passages")
