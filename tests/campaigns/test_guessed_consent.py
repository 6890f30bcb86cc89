"""Quotes that are live on what an earlier import guessed."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation

from campaigns.models import GuessedQuote, ImportedQuote, NewsPage, Person, Quote
from core.findings import PublishBlocked
from tests import factories
from tests.campaigns.importing import WORDS, run, say_who_speaks
from tests.campaigns.test_gate_snippets import quote_data
from tests.translating import open_newsroom

pytestmark = pytest.mark.django_db

STORY = "Almaty, 1 May 2024 - They met on the Day of the Young in the town.\n“" + WORDS + ",” said {who}.\n"


@pytest.fixture
def editor(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def import_as_before(known, write):
    """Imports a story as the import once did: it stored who speaks and the speaker, and the story went live."""

    def _import(who: str, speaker: Person | None = None) -> Quote:
        run(write(STORY.format(who=who), name=f"{who}.txt", title=f"Story of {who}"))
        page = NewsPage.objects.order_by("pk").last()
        assert page is not None
        quote = Quote.objects.get(source=page)
        say_who_speaks(quote, speaker=speaker)
        page.get_latest_revision().publish()
        first, *later = Revision.objects.for_instance(quote).order_by("pk")
        Quote.objects.filter(pk=quote.pk).update(latest_revision=first, live_revision=None)
        for revision in later:
            revision.delete()
        first.content |= {"who_speaks": "official", "speaker": speaker and speaker.pk}
        first.save()
        ImportedQuote.objects.filter(quote=quote).delete()
        migrate()
        return Quote.objects.get(pk=quote.pk)

    return _import


def migrate() -> None:
    """Make the rows of guesses anew, from the revisions that are there."""
    GuessedQuote.objects.all().delete()
    import_module("campaigns.migrations.0009_guessed_quotes").add_guesses(apps, None)


def listed(**options) -> str:
    out = StringIO()
    call_command("list_guessed_consent", stdout=out, **options)
    return out.getvalue()


def edit_url(quote: Quote) -> str:
    return reverse(Quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])


def test_command__lists_what_is_live_on_a_guess_and_nothing_else(import_as_before):
    quote = import_as_before("Rustam, head of a large family")
    factories.QuoteFactory(text="Said by an official.", who_speaks="official")
    out = listed()

    assert f"Quote {quote.pk} (en): “{WORDS}" in out
    assert "head of a large family" in out
    assert "kind of speaker guessed by the import" in out
    assert "shown by" in out
    assert "Said by an official." not in out
    assert "1 live quote with guessed values." in out


def test_command__unpublishes_in_all_languages_on_request_alone(import_as_before, site, client):
    quote = import_as_before("Rustam, head of a large family")
    page = NewsPage.objects.get()
    russian = factories.QuoteFactory(
        text="Мы приехали.", locale="ru", translation_key=quote.translation_key, who_speaks="official", live=False
    )
    # As it was when nothing was asked yet.
    type(russian).save_base(_made_live(russian), raw=True)
    listed()
    out = listed(unpublish=True, dry_run=True)
    assert "would be unpublished" in out
    assert Quote.objects.filter(live=True).count() == 2
    assert WORDS in client.get(page.url).content.decode()

    assert "unpublished in all languages" in listed(unpublish=True)

    assert not Quote.objects.filter(live=True).exists()
    assert NewsPage.objects.get().live
    assert WORDS not in client.get(page.url).content.decode()
    assert "0 live quotes" in listed(unpublish=True)


def _made_live(quote: Quote) -> Quote:
    quote.live = True
    return quote


def test_guess__is_edited_and_not_published_anew(import_as_before, client, editor):
    quote = import_as_before("Rustam, head of a large family")
    data = quote_data(quote, role="head of a large family", consent_reference="", consent_scope="")

    html = client.get(edit_url(quote)).content.decode()
    saved = client.post(edit_url(quote), {**data, "text": "Other words."})
    refused = client.post(edit_url(quote), {**data, "action-publish": "1"})
    with pytest.raises(PublishBlocked):
        quote.get_latest_revision().publish()
    with pytest.raises(PublishBlocked):
        quote.save_revision(user=editor).publish(user=editor)
    with pytest.raises(PublishBlocked):
        NewsPage.objects.get().save_revision(user=editor).publish(user=editor)

    assert "Guessed by an earlier import" in html
    assert '<option value="official" selected' not in html
    assert saved.status_code == 302
    assert "who_speaks" in refused.context["form"].errors
    quote.refresh_from_db()
    assert (quote.live, quote.text) == (True, f"{WORDS}.")
    assert f"Quote {quote.pk}" in listed()


def test_guess__an_editor_who_says_the_same_has_decided(import_as_before, client, editor):
    quote = import_as_before("Karim Nazarov, Minister of Labour")
    data = quote_data(quote, role="Minister of Labour", consent_reference="", consent_scope="")

    client.post(edit_url(quote), {**data, "who_speaks": "official", "text": "New words.", "action-publish": "1"})

    quote.refresh_from_db()
    assert (quote.live, quote.text) == (True, "New words.")
    assert "0 live quotes" in listed()
    assert ImportedQuote.objects.get().decided_by == editor
    quote.save_revision(user=editor).publish(user=editor)


def test_guess__an_earlier_decision_of_an_editor_counts(import_as_before, editor):
    quote = import_as_before("Karim Nazarov, Minister of Labour")
    for who in ("adult", "official"):
        quote.who_speaks = who
        quote.save_revision(user=editor)

    assert "0 live quotes" in listed()
    quote.get_latest_revision().publish(user=editor)


def test_guess__an_editor_who_changed_something_else_has_not_decided(import_as_before, editor):
    quote = import_as_before("Karim Nazarov, Minister of Labour")
    quote.text = "Other words."
    quote.save_revision(user=editor)

    assert "1 live quote " in listed()


def test_guess__a_speaker_who_was_known_before_was_tied_by_the_name_alone(import_as_before, client, editor):
    official = factories.PersonFactory(name="Rustam Karimov", role="Minister of Labour")
    quote = import_as_before("Rustam Karimov, head of a large family", speaker=official)
    html = client.get(edit_url(quote)).content.decode()

    assert "speaker matched by name only" in listed()
    assert "Speaker matched by name only in an earlier import" in html
    assert quote.guessed_fields == ["who_speaks", "speaker"]


def test_guess__what_nobody_has_set_by_a_revision_is_listed_too(known, write):
    run(write(STORY.format(who="Rustam, head of a large family")))
    quote = Quote.objects.get()
    say_who_speaks(quote)
    NewsPage.objects.get().get_latest_revision().publish()
    assert "0 live quotes" in listed()

    Revision.objects.for_instance(quote).update(user=None)
    ImportedQuote.objects.all().delete()
    migrate()

    assert "1 live quote " in listed()


@pytest.mark.parametrize(
    "who",
    ["Rustam, head of a large family", "Karim Nazarov, Minister of Labour", "Rustam, the ambassador’s driver"],
)
def test_guess__outlives_the_removal_of_revisions(import_as_before, client, editor, who):
    quote = import_as_before(who)
    quote.text = "Other words."
    quote.save_revision(user=editor)
    purge()
    quote.refresh_from_db()
    data = quote_data(quote, role="a role", consent_reference="", consent_scope="")
    client.post(edit_url(quote), {**data, "action-publish": "1"})

    assert Revision.objects.for_instance(quote).get().user == editor
    assert "1 live quote " in listed()
    for attempt in (quote.get_latest_revision(), quote.save_revision(user=editor)):
        with pytest.raises(PublishBlocked):
            attempt.publish(user=editor)
    with pytest.raises(PublishBlocked):
        NewsPage.objects.get().save_revision(user=editor).publish(user=editor)
    assert Quote.objects.get().text == f"{WORDS}."


def test_guess__whose_revisions_were_removed_before_the_rows_were_made_is_undecided(import_as_before, editor):
    quote = import_as_before("Rustam, head of a large family")
    quote.text = "Other words."
    quote.save_revision(user=editor)
    purge()
    migrate()

    assert "1 live quote " in listed()


def test_migration__leaves_alone_what_people_made_or_decided(import_as_before, editor):
    quote = import_as_before("Karim Nazarov, Minister of Labour")
    by_hand = Quote(text="Said to us.", role="camp participant", who_speaks="adult", source=quote.source)
    by_hand.live, by_hand.locale = False, quote.locale
    by_hand.save()
    by_hand.save_revision(user=editor, log_action="wagtail.create")
    quote.who_speaks = "adult"
    quote.save_revision(user=editor)
    migrate()

    assert not GuessedQuote.objects.exists()


def test_guess__is_translated_and_not_published(import_as_before, editor, site):
    newsroom = open_newsroom(site)
    quote = import_as_before("Rustam, head of a large family")
    purge()
    [translation] = newsroom.send(quote, "ru")
    newsroom.word(translation, lambda text: f"{text} по-русски")
    newsroom.submit(translation)
    newsroom.publish(translation)
    russian = translation.get_target_instance()
    with pytest.raises(PublishBlocked):
        russian.save_revision(user=editor).publish(user=editor)

    assert f"{WORDS}. по-русски" in {segment.data for segment in saved_wordings(translation)}
    assert not Quote.objects.get(pk=russian.pk).live
    assert "who_speaks" in russian.guessed_fields
    assert f"Quote {quote.pk} (en)" in listed()


def saved_wordings(translation):
    return StringTranslation.objects.filter(locale=translation.target_locale)


def purge() -> None:
    call_command("purge_revisions", non_pages=True, stdout=StringIO())
