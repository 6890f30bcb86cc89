"""Words and names of somebody who withdrew that also stand elsewhere: what is found, shown and unpublished."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page

from campaigns.models import Quote, Takeaway
from core.consent.masking import Words
from core.consent.withdrawals import undo, withdraw
from core.models import Withdrawal
from core.publishing.gate import PublishBlocked
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
    assert "Unpublished until the words are removed: 1" in shown.content.decode()
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


def file_of(site, kind: str, name: str):
    """Return an image or a document with the name, and the live story that shows it."""
    if kind == "document":
        file = factories.DocumentFactory(title=f"Letter of {name}")
        html = f'<p>Read <a linktype="document" id="{file.pk}">this</a>.</p>'
        return file, story_with(site, html, title="Paper")
    names: dict[str, dict[str, Any]] = {
        "title": {"title": f"{name} at the gate"},
        "alt_texts": {"alt_texts": {"en": f"{name} at the gate"}},
    }
    file = factories.SiteImageFactory(people=True, **names.get(kind, {"credit": f"Photo: {name}"}))
    return file, factories.NewsPageFactory(parent=site.news_index, title="Paper", lead_image=file)


@pytest.mark.parametrize("kind", ["title", "alt_texts", "credit", "document"])
def test_person__name_of_a_file_is_shown_first_and_taken_from_readers(site, editor, kind):
    person = factories.PersonFactory(name="Zarnigor Qwertova")
    file, story = file_of(site, kind, "Zarnigor Qwertova")
    assert [row[0] for row in editor.get(url(person)).context["titled"]] == [str(file)]

    editor.post(url(person), {"reason": "Asked for", "unpublish_named": "on"})

    fresh = type(file).objects.get(pk=file.pk)
    if kind == "document":
        assert not Page.objects.get(pk=story.pk).live
    elif kind == "credit":
        assert (fresh.credit, fresh.consent_withdrawn) == ("", None)
    else:
        assert fresh.consent_withdrawn
        assert "Zarnigor" not in f"{fresh.title} {fresh.alt_texts}"
    assert editor.get(url(person)).status_code == 302


def test_person__files_stay_where_only_the_person_is_withdrawn(site, editor):
    person = factories.PersonFactory(name="Zarnigor Qwertova")
    story = file_of(site, "document", "Zarnigor Qwertova")[1]
    editor.post(url(person), {"reason": "Asked for"})
    assert Page.objects.get(pk=story.pk).live


@pytest.mark.parametrize(
    ("name", "unpublished"),
    [("Zarnigor Qwertova Foundation", True), ("Фонд Zarnigor Qwertova", True), ("Qwertova Street", False)],
)
def test_person__organisation_with_the_name_is_unpublished(site, editor, name, unpublished):
    person = factories.PersonFactory(name="Zarnigor Qwertova")
    named = factories.OrganisationFactory(name=name)
    withdraw(person, None, "Asked for", unpublish_named=True)
    assert type(named).objects.get(pk=named.pk).live is not unpublished


def test_person__of_the_same_name_is_named_and_stays(site, editor):
    person, other = (
        factories.PersonFactory(name="Zarnigor Qwertova"),
        factories.PersonFactory(name="Zarnigor Qwertova"),
    )
    assert [row[0] for row in editor.get(url(person)).context["named"]] == [str(other)]
    withdraw(person, None, "Asked for", unpublish_named=True)
    assert type(other).objects.get(pk=other.pk).live


@pytest.mark.parametrize(
    ("name", "code", "title", "listed"),
    [
        ("Farzona Halimova", "ru", "Фарзона Халимова рассказала о дороге", True),
        ("Farzona Halimova", "ru", "О чём молчала Х. Фарзона", False),
        ("Farzona Halimova", "tg", "Ҳалимова Фарзона дар роҳ", True),
        ("Farzona Halimova", "fa-af", "فرزانه حلیموا از راه گفت", True),
        ("Ҷамшед Ғафуров", "en", "What Jamshed Gafurov saw", True),
        ("Jamshed Ghafurov", "ru", "Рассказ Джамшеда Гафурова", True),
        ("Farzona Halimova", "ru", "Фирузона и халва", False),
    ],
)
def test_person__name_in_another_script_is_named_and_stays(site, editor, name, code, title, listed):
    person = factories.PersonFactory(name=name)
    parent = site.news_index if code == "en" else site.homes[code]
    factory = factories.NewsPageFactory if code == "en" else factories.SectionPageFactory
    page = factory(parent=parent, title=title, slug="road")
    call_command("rebuild_search", stdout=io.StringIO())

    answer = editor.get(url(person))
    assert [row[0] for row in answer.context["named"]] == ([title] if listed else [])
    assert answer.context["titled"] == []
    withdraw(person, None, "Asked for", unpublish_named=True)
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize(
    "written",
    [
        "The zither\u00adbird sang while they counted us.",
        "The zither&shy;bird sang while they counted us.",
        "The zither<b>bird</b> sang while they &#8203;counted us.",
        "The zi<i>ther</i>bird sang, while they co\u200bunted <b>us</b>.",
    ],
)
def test_old_version__with_marks_within_words_is_masked(site, written):
    words = Words(["The zitherbird sang while they counted us."])
    assert "bird" not in words.masked(f"<p>He wrote: {written} So.</p>")
    story = story_with(site, f"<p>{written}</p>")
    story.save_revision()
    quote = factories.QuoteFactory(text="The zitherbird sang while they counted us.")
    story.body = [("rich_text", "<p>Nothing is quoted any more.</p>")]
    story.save_revision().publish()
    story.save_revision()

    withdraw(quote, None, "Asked for")

    assert all("counted" not in str(revision.content) for revision in story.revisions.all())


@pytest.mark.parametrize(
    ("html", "is_blocked"),
    [
        ("<p>Then they didn't pay me for the <b>lanterns</b> - NOT once, and more.</p>", True),
        ("<p>We heard that I ran over the bridge at night</p>", True),
        ("<p>Nobody asked.</p>", False),
        ("<p>People ran over the bridge at night.</p>", False),
    ],
)
def test_withdrawn_words__cannot_be_published_again_without_quotation_marks(site, html, is_blocked):
    withdraw(quote_of(story_with(site, "<p>Nothing yet.</p>")), None, "Asked for")
    story = story_with(site, html, live=False)

    if is_blocked:
        with pytest.raises(PublishBlocked) as refused:
            story.save_revision().publish()
        assert "The text repeats words for which consent was withdrawn." in str(refused.value)
    else:
        story.save_revision().publish()
    story.refresh_from_db()
    assert story.live is not is_blocked


def test_withdrawn_words__can_be_published_once_the_withdrawal_is_undone(site):
    story = story_with(site, "<p>I ran over the bridge at night.</p>", live=False)
    record = withdraw(quote_of(story_with(site, "<p>Nothing yet.</p>")), None, "Asked for")

    undo(record, factories.UserFactory(), "A mistake")

    story.save_revision().publish()
    story.refresh_from_db()
    assert story.live
