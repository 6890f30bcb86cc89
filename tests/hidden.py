"""A site that has a word of its own in everything that no reader may see, and a reader who looks for these words
wherever the site answers."""

import datetime
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from campaigns.models import Quote
from core.consent.withdrawals import withdraw
from core.models import ClosedPage
from tests import factories
from tests.site_tree import SiteTree

LETTERS = "bcdfghklmnprstvz"


def word_of(number: int) -> str:
    """Return a word that is like no other of these: 16 letters, made from the number."""
    state, letters = number * 7919 + 104729, []
    for place in range(14):
        state = (state * 1103515245 + 12345 + place) % 2**31
        letters.append((LETTERS if place % 2 else "aeiou")[state // 65536 % (len(LETTERS) if place % 2 else 5)])
    return f"qx{''.join(letters)}"


class Words:
    """Hands out words, each for something that must be hidden."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def __call__(self, what: str) -> str:
        word = word_of(len(self.known))
        self.known[word] = what
        return word


@dataclass
class Hidden:
    """`words`: what each stands in; `addresses`: where what is hidden would be, if it were public."""

    words: dict[str, str]
    addresses: dict[str, str]


def jpeg(word: str) -> SimpleUploadedFile:
    """A picture whose name and EXIF have the word, but for its author, who becomes its credit."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0110] = word, word, word
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{word}.jpg", file.getvalue(), "image/jpeg")


def hide(site: SiteTree) -> Hidden:
    """Make it all, as it comes about: what was taken away was public first."""
    words = Words()
    pages = {**_pages(site, words), **_taken_away(site, words)}
    _pieces(site, words)
    addresses = {what: address for what, page in pages.items() if (address := page.get_url())}
    return Hidden(words.known, {**addresses, **_files(site, words)})


def story(site: SiteTree, word: str, **values) -> Page:
    values = {"parent": site.news_index, "body": [("rich_text", f"<p>Long {word} text.</p>")], **values}
    return factories.NewsPageFactory(title=f"About {word}", slug=word, summary=f"Of {word}.", **values)


def _pages(site: SiteTree, words: Words) -> dict[str, Page]:
    soon = timezone.now() + datetime.timedelta(days=3)
    found = {"a draft": story(site, words("a draft"), live=False)}
    live = factories.NewsPageFactory(parent=site.news_index, title="Lanterns")
    live.title = live.summary = words("the draft of a live page")
    live.save_revision()
    found["a scheduled page"] = scheduled = story(site, words("a scheduled page"), live=False, go_live_at=soon)
    scheduled.save_revision(approved_go_live_at=soon)
    for kind in (PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD):
        section = factories.SectionPageFactory(parent=site.home, title=words(f"a private section ({kind})"))
        PageViewRestriction.objects.create(page=section, restriction_type=kind, password="letmein")
        found[f"below a private section ({kind})"] = factories.ContentPageFactory(
            parent=section, title=words(f"below a private section ({kind})")
        )
    translated = factories.NewsPageFactory(parent=site.news_index, title=words("a private original"))
    found["a translation of a private page"] = factories.NewsPageFactory(
        parent=site.news_indexes["ru"],
        title=words("a translation of a private page"),
        translation_key=translated.translation_key,
    )
    PageViewRestriction.objects.create(page=translated, restriction_type=PageViewRestriction.LOGIN)
    return found


def _taken_away(site: SiteTree, words: Words) -> dict[str, Page]:
    ways: dict[str, Callable[[Page], object]] = {
        "an unpublished page": lambda page: page.unpublish(),
        "a deleted page": lambda page: Page.objects.get(pk=page.pk).delete(),
        "a page that has just expired": lambda page: Page.objects.filter(pk=page.pk).update(
            expire_at=timezone.now() - datetime.timedelta(seconds=1)
        ),
        "a page that waits to be unpublished": lambda page: ClosedPage.objects.create(page_id=page.pk),
    }
    found = {}
    for what, take_away in ways.items():
        page = found[what] = story(site, words(what))
        factories.QuoteFactory(text=f"I said {words(f'a quote of {what}')}.", source=page, locale="en")
        take_away(page)
    original = factories.NewsPageFactory(parent=site.news_index, title=words("an original offline"))
    factories.NewsPageFactory(
        parent=site.news_indexes["ru"],
        title=words("a translation of one offline"),
        translation_key=original.translation_key,
    )
    original.unpublish()
    found["an original offline"] = original
    return found


def _pieces(site: SiteTree, words: Words) -> None:
    shown = factories.NewsPageFactory(parent=site.news_index, title="Voices", slug="voices")
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, title="A day", slug="a-day")

    def quote(what: str, **values) -> Quote:
        speaker = factories.PersonFactory(
            name=f"Zarina {words(f'the speaker of {what}')}", live=values.get("live", True)
        )
        text = f"I said {words(what)} once."
        return factories.QuoteFactory(
            text=text, source=shown, speaker=speaker, campaigns=[campaign], locale="en", **values
        )

    quote("a draft quote", live=False)
    quote("an unpublished quote").unpublish()
    quote("a deleted quote").delete()
    withdraw(quote("a withdrawn quote"), None, "She asked for it.")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ended = quote("a quote whose consent has ended")
    Quote.objects.filter(pk=ended.pk).update(consent_until=yesterday, consent_reference="F-1")
    gone = quote("an expired quote")
    Quote.objects.filter(pk=gone.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))
    factories.TopicFactory(name=words("a draft topic"), slug="hidden", live=False)
    factories.OrganisationFactory(name=words("an unpublished organisation")).unpublish()
    factories.TakeawayFactory(statement=words("a draft takeaway"), source=shown, campaigns=[campaign], live=False)


def _files(site: SiteTree, words: Words) -> dict[str, str]:
    """An image and a document on a draft, on nothing, and in a private collection; and the name and metadata of an
    image that is shown."""
    private = Collection.get_first_root_node().add_child(name=words("a private collection"))
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    found = {}
    for what, shown, values in (
        ("on a draft", False, {}),
        ("on nothing", None, {}),
        ("in a private collection", True, {"collection": private}),
    ):
        word = words(f"an image {what}")
        image = factories.SiteImageFactory(
            title=word, file=jpeg(word), credit=word, alt_texts={"en": f"{word} stands"}, **values
        )
        word = words(f"a document {what}")
        document = factories.DocumentFactory(
            title=word, file=SimpleUploadedFile(f"{word}.txt", f"A {word} text.".encode()), **values
        )
        if shown is not None:
            body = [("rich_text", f'<p>See <a linktype="document" id="{document.pk}">this</a>.</p>')]
            factories.NewsPageFactory(parent=site.news_index, lead_image=image, body=body, live=shown)
        found[f"an image {what}"] = image.get_rendition("width-320|format-jpeg").url
        found[f"a document {what}"] = document.url
    word = words("the name and metadata of an image that is shown")
    image = factories.SiteImageFactory(file=jpeg(word), title="Road", credit="")
    factories.NewsPageFactory(parent=site.news_index, title="Roads", lead_image=image)
    return found


def searches(word: str) -> Iterator[str]:
    """The addresses that look for a word: whole, begun, with a wrong letter, and in the API."""
    for asked in (word, f"{word[:-1]}w"):
        yield f"/en/search/?{urlencode({'q': asked})}"
    yield f"/ru/search/?{urlencode({'q': word})}"
    yield f"/en/search/suggestions/?{urlencode({'q': word[:8]})}"
    for kind in ("pages", "images", "documents"):
        yield f"/api/v2/{kind}/?{urlencode({'search': word})}"


def told(text: str, words: Iterable[str]) -> set[str]:
    """Return which of the words stand in an answer."""
    folded = text.casefold()
    return {word for word in words if word in folded}
