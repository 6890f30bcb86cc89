"""Words and names of somebody who withdrew that also stand elsewhere: what is found, shown and unpublished."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from campaigns.models import Quote, Takeaway
from core.consent.withdrawals import withdraw
from core.models import Withdrawal
from core.publishing import PublishBlocked
from core.quotations.checks import passages_of
from core.quotations.statements import state
from home.rights import make_groups
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "They didn’t pay me for the lanterns, not once. I ran over the bridge at night. Nobody asked."


@pytest.fixture
def editor(site, client):
    make_groups()
    client.force_login(factories.UserFactory(groups=["Editor"]))
    return client


def url(instance) -> str:
    meta = instance._meta
    return reverse("consent:withdraw", args=[meta.app_label, meta.model_name, instance.withdrawal_key])


def quote_of(story, text=TEXT, **kwargs) -> Quote:
    quote = factories.QuoteFactory(text=text, source=story, **kwargs)
    quote.save_revision().publish()
    return quote


def story_with(site, html: str, **kwargs):
    return factories.NewsPageFactory(parent=site.news_index, body=[("rich_text", html)], **kwargs)


@pytest.mark.parametrize(
    "html",
    [
        "<p>She said: “They didn't pay me for the lanterns — not once!”</p>",
        "<p>«I ran over the bridge at night», she said.</p>",
        "<p>“THEY DIDN’T pay me for the <b>lanterns</b>. Not once. I ran over the bridge at night.”</p>",
        "<p>— I ran over the bridge at night. Nobody asked!</p>",
    ],
)
def test_page__that_the_quote_let_pass_is_unpublished_and_named_before(site, editor, html):
    story = story_with(site, "<p>Nothing yet.</p>", title="Lanterns in Romit")
    quote = quote_of(story)
    story.body = [("rich_text", html)]
    story.save_revision().publish()
    story.refresh_from_db()
    shown = editor.get(url(quote))
    assert [title for title, _language, _url in shown.context["unpublished"]] == ["Lanterns in Romit"]
    assert "Unpublished until the words are taken out: 1" in shown.content.decode()
    assert Page.objects.get(pk=story.pk).live

    editor.post(url(quote), {"reason": "Asked for"})

    assert not Page.objects.get(pk=story.pk).live
    record = Withdrawal.objects.get()
    assert record.removed["Pages and snippets unpublished until the words are taken out"] == 1
    assert editor.get(story.url).status_code == 404
    page = Page.objects.get(pk=story.pk).specific
    with pytest.raises(PublishBlocked):
        page.save_revision().publish()
    page.body = [("rich_text", "<p>The words are gone.</p>")]
    page.save_revision().publish()
    assert Page.objects.get(pk=story.pk).live


def test_plain_text__is_named_and_stays_live(site, editor):
    quote = quote_of(story_with(site, "<p>Nothing here.</p>"))
    other = story_with(
        site, "<p>People told us that I ran over the bridge at night, in autumn.</p>", title="Bridges"
    )
    far = story_with(site, "<p>The bridge was built at night.</p>", title="Far away")

    context = editor.get(url(quote)).context
    assert [row[0] for row in context["elsewhere"]] == ["Bridges"]
    editor.post(url(quote), {"reason": "Asked for"})
    assert Page.objects.get(pk=other.pk).live
    assert Page.objects.get(pk=far.pk).live


def test_translation__settled_by_its_source_is_unpublished(site, editor):
    story = story_with(site, "<p>Nothing yet.</p>")
    quote = quote_of(story)
    story.body = [("rich_text", "<p>She said: “I ran over the bridge at night.”</p>")]
    story.save_revision().publish()
    story.refresh_from_db()
    russian = story.copy_for_translation(Locale.objects.get(language_code="ru"), copy_parents=True)
    [block] = russian.body
    block.value = type(block.value)("<p>Она сказала: «Я бежала ночью через мост.»</p>")
    russian.save_revision().publish()
    assert Page.objects.get(pk=russian.pk).live

    editor.post(url(quote), {"reason": "Asked for"})

    assert not Page.objects.get(pk=story.pk).live
    assert not Page.objects.get(pk=russian.pk).live


def test_takeaway__stated_before_is_unpublished_and_asked_again(site, editor):
    quote = quote_of(story_with(site, "<p>Nothing here.</p>"))
    takeaway = Takeaway(statement="“I ran over the bridge at night,” she said.", locale=quote.locale, live=False)
    takeaway.save()
    state(takeaway, passages_of(takeaway)[0].digest, None)
    takeaway.save_revision().publish()

    editor.post(url(quote), {"reason": "Asked for"})

    takeaway.refresh_from_db()
    assert not takeaway.live
    with pytest.raises(PublishBlocked):
        takeaway.save_revision().publish()


def test_quotes__of_the_same_words_and_speaker_are_withdrawn_together(site, editor):
    story = story_with(site, "<p>Nothing here.</p>")
    person = factories.PersonFactory(name="Zarina Nazarova")
    quote, same = quote_of(story, speaker=person), quote_of(story, TEXT.upper().replace("’", "'"), speaker=person)
    other = quote_of(story, speaker=factories.PersonFactory(name="Somebody Else"))

    editor.post(url(quote), {"reason": "Asked for"})

    same.refresh_from_db()
    other.refresh_from_db()
    assert same.consent_withdrawn
    assert not other.consent_withdrawn
    assert Withdrawal.objects.count() == 2


NAMES = [
    ("Gulnora Rahimova", "Rahimova Gulnora speaks"),
    ("Gulnora Rahimova", "What G. Rahimova saw"),
    ("Гульнора Рахимова", "История Гульноры Рахимовой"),
    ("Gulnora Rahimova", "The winter of Gulnora Rahimova"),
]


@pytest.mark.parametrize(("name", "title"), NAMES)
@pytest.mark.parametrize("unpublish", [True, False])
def test_person__name_in_titles_is_shown_first_and_unpublished(site, editor, name, title, unpublish):
    person = factories.PersonFactory(name=name)
    titled = factories.NewsPageFactory(parent=site.news_index, title=title, slug="winter")
    inside = story_with(site, f"<p>It was cold. {title}, they say.</p>", title="Cold")
    other = story_with(site, "<p>Rahimova and a long list of other people, then Gulnora.</p>", title="Rahimova")

    answer = editor.get(url(person))
    assert [row[0] for row in answer.context["titled"]] == [title]
    assert [row[0] for row in answer.context["named"]] == ["Cold"]
    assert answer.context["form"]["unpublish_named"].value() is True

    editor.post(url(person), {"reason": "Asked for"} | ({"unpublish_named": "on"} if unpublish else {}))

    assert Page.objects.get(pk=titled.pk).live is not unpublish
    assert Page.objects.get(pk=inside.pk).live
    assert Page.objects.get(pk=other.pk).live


def test_person__name_in_an_address_counts_as_title(site, editor):
    person = factories.PersonFactory(name="Гулнора Рахимова")
    page = factories.NewsPageFactory(parent=site.news_index, title="Winter", slug="gulnora-rakhimova")

    assert [row[0] for row in editor.get(url(person)).context["titled"]] == ["Winter"]
    withdraw(person, None, "Asked for", unpublish_named=True)
    assert not Page.objects.get(pk=page.pk).live
