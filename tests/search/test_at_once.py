"""What is taken from readers is not found any more from the commit on, before anything that comes after it is
done, as where the process is killed in between; and what becomes findable is found after the minute job."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from campaigns.models import NewsPage, Quote
from core import work
from core.models import ClosedPage, RecordedWork
from search import following
from search.models import Entry, Word
from tests import factories
from tests.many import insert_stories
from tests.search.asking import ask, suggested, titles

WORD = "Xylophonist"


def is_found(word: str = WORD) -> bool:
    """By results, by their number and by filters, by suggestions, or as what was meant."""
    client = Client()
    context = ask(client, word).context
    return bool(
        context["results"]
        or context["filters"]
        or context["pager"].paginator.count
        or suggested(client, word[:5])
        or ask(client, f"{word[:-1]}z").context["meant"]
        or titles(client, word[:6])
    )


@pytest.fixture
def story(site, committed):
    story = factories.NewsPageFactory(parent=site.news_index, title=f"The {WORD}")
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns")
    committed()
    assert is_found()
    return story


@pytest.fixture
def quote(site, committed):
    """In a story, and on the page of a campaign that it is tied to."""
    story = factories.NewsPageFactory(parent=site.news_index, title="Lanterns")
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="A day")
    quote = factories.QuoteFactory(text=f"I am a {WORD}.", source=story, campaigns=[campaign], locale="en")
    committed()
    assert set(titles(Client(), WORD)) == {"Lanterns", "A day"}
    return quote


def unpublish(page) -> None:
    NewsPage.objects.get(pk=page.pk).unpublish()


def delete(page) -> None:
    Page.objects.get(pk=page.pk).delete()


def restrict(page) -> None:
    PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


def restrict_above(page) -> None:
    restrict(page.get_parent())


def move_under_private(page) -> None:
    private = factories.NewsIndexPageFactory(parent=Page.objects.get(depth=2, slug="start-en"), slug="closed")
    restrict(private)
    Page.objects.get(pk=page.pk).specific.move(private, pos="last-child")


def write_anew(page) -> None:
    page = NewsPage.objects.get(pk=page.pk)
    page.title = "Another"
    page.save_revision().publish()


def expire(page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))


def close(page) -> None:
    ClosedPage.objects.create(page_id=page.pk)


WAYS = [unpublish, delete, restrict, restrict_above, move_under_private, write_anew, expire, close]


@pytest.mark.parametrize("way", WAYS)
def test_page_taken_away__is_not_found_from_the_commit_on(story, way):
    way(story)
    assert not is_found()
    call_command("publish_scheduled")
    assert not is_found()


def restrict_collection(collection) -> None:
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


def move_below_a_private_collection(collection) -> None:
    private = Collection.get_first_root_node().add_child(name="Archive")
    restrict_collection(private)
    Collection.objects.get(pk=collection.pk).move(private, "sorted-child")


@pytest.mark.parametrize("way", [restrict_collection, move_below_a_private_collection])
def test_photographer__is_not_found_once_the_pictures_collection_is_private(site, committed, way):
    collection = Collection.get_first_root_node().add_child(name="Leaflets")
    picture = factories.SiteImageFactory(credit=f"A {WORD}", collection=collection)
    factories.NewsPageFactory(parent=site.news_index, title="Lanterns", lead_image=picture)
    committed()
    assert is_found()

    way(collection)

    assert not is_found()
    call_command("publish_scheduled")
    assert not is_found()


def withdraw(quote) -> None:
    quote.consent_withdrawn = timezone.localdate()
    quote.save(update_fields=["consent_withdrawn"])


def unpublish_quote(quote) -> None:
    quote.unpublish()


def delete_quote(quote) -> None:
    quote.delete()


def reword(quote) -> None:
    quote.text = "I play."
    quote.save_revision().publish()


def unpublish_story(quote) -> None:
    quote.source.unpublish()


def restrict_story(quote) -> None:
    restrict(quote.source)


QUOTE_WAYS = [withdraw, unpublish_quote, delete_quote, reword, unpublish_story, restrict_story]


@pytest.mark.parametrize("way", QUOTE_WAYS)
def test_quote_taken_away__is_not_found_from_the_commit_on(quote, way):
    way(Quote.objects.get(pk=quote.pk))
    assert not is_found()
    call_command("publish_scheduled")
    assert not is_found()
    if way is not unpublish_story and way is not restrict_story:
        assert titles(Client(), "lanterns") == ["Lanterns"]
    assert titles(Client(), "day") == ["A day"]


def test_quote__is_not_found_from_the_moment_on_at_which_it_expires(quote, committed):
    quote.expire_at = timezone.now() + datetime.timedelta(days=1)
    quote.save()
    committed()
    assert is_found()
    Entry.objects.filter(expires=quote.expire_at).update(expires=timezone.now())
    Quote.objects.update(expire_at=timezone.now())
    assert not is_found()
    call_command("publish_scheduled")
    assert not is_found()
    assert titles(Client(), "lanterns") == ["Lanterns"]


def test_speaker__is_not_found_by_the_name_from_before(site, quote, committed):
    speaker = factories.PersonFactory(name=f"Zarina {WORD}son")
    Quote.objects.filter(pk=quote.pk).update(text="I am here.", speaker=speaker)
    Quote.objects.get(pk=quote.pk).save()
    committed()
    assert titles(Client(), f"{WORD}son")
    speaker.refresh_from_db()
    speaker.name = "A survivor"
    speaker.save()
    assert not is_found(f"{WORD}son")


def lift(story) -> None:
    PageViewRestriction.objects.all().delete()


def publish(story) -> None:
    NewsPage.objects.get(pk=story.pk).save_revision().publish()


@pytest.mark.parametrize(("take", "give"), [(unpublish, publish), (restrict_above, lift), (restrict, lift)])
def test_page_that_can_be_read_again__is_found_after_the_minute_job(story, take, give):
    take(story)
    call_command("publish_scheduled")
    give(story)
    # The process was killed here.
    call_command("publish_scheduled")
    assert is_found()


def test_many_pages_of_a_private_section__are_found_when_they_are_public_again(site, committed):
    insert_stories(site.news_index, 45, {}, summary=f"A {WORD} came.")
    following.record_branch(site.news_index.path)
    committed()
    assert ask(Client(), WORD, page=2).context["pager"].paginator.count == 45
    restrict(site.news_index)
    assert not is_found()
    committed()
    assert not Word.objects.filter(word=WORD.lower()).exists()
    lift(site.news_index)
    committed()
    assert ask(Client(), WORD).context["pager"].paginator.count == 45


def test_rebuilding__does_what_was_waiting(site, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    story = factories.NewsPageFactory(parent=site.news_index, title="Lanterns in Romit")
    work.record(following.CHANGED_PAGES, [story.translation_key.hex])
    call_command("rebuild_search", readers=True, verbosity=0)
    assert not RecordedWork.objects.filter(name__in=following.NAMES).exists()
    assert story.get_url() in Client().get("/en/search/?q=lanterns").text
