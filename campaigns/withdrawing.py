"""What withdrawing consent needs to know about this app: where readers see an object, what is withdrawn together
with it, and which copies of a quote's words exist."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _
from wagtail.models import Page

from campaigns.kinds import BY_MODEL, KINDS
from campaigns.models import ImportedQuote, Person, Quote
from campaigns.models.material import MaterialSnippet
from campaigns.reach import around_material, showing
from core.consent.stores import (
    Place,
    Store,
    Subject,
    register,
    register_companions,
    register_showing,
    register_shown,
)
from core.consent.withdrawable import Withdrawable
from core.languages.site_languages import LocaleCodes, language
from core.models import SiteImage
from core.quotations.words import bare_words
from core.visibility import reachable_pages


def pages_showing(subject: Subject) -> Iterator[Place]:
    """Yield the public pages, in all languages, that may show the object; none if no row of it is live with
    consent."""
    if not any(_is_shown(row) for row in subject.rows):
        return
    if kind := BY_MODEL.get(subject.model):
        keys = around_material(kind, {UUID(subject.key)})
    else:
        keys = showing({(subject.model, row.pk) for row in subject.rows})
    pages = reachable_pages(Page.objects.filter(translation_key__in=keys)).select_related("locale").order_by("pk")
    for page in pages:
        yield Place(page.title, page.locale.get_display_name(), page.full_url or "")


def addresses_of_material(subject: Subject) -> Iterator[Place]:
    """Yield where readers can see material beside pages, for the withdrawal's form and record: its API record and
    the news feed of each language it has. Nothing for other objects, or if no row of it is live with consent."""
    kind = BY_MODEL.get(subject.model)
    if kind and any(_is_shown(row) for row in subject.rows):
        url = reverse("api_record", args=[kind.api_name, subject.key])
        yield Place("API", "", settings.WAGTAILADMIN_BASE_URL + url)
        for locale_id in {row.locale_id for row in subject.rows if isinstance(row, MaterialSnippet)}:
            code = LocaleCodes.code(locale_id)
            with override(code):
                url = reverse("news_feed")
            yield Place(gettext("News feed"), language(code).name, settings.WAGTAILADMIN_BASE_URL + url)


def files_of_images(subject: Subject) -> Iterator[Place]:
    """Yield the files of the renditions if the object is an image, the narrowest first."""
    for row in subject.rows:
        if isinstance(row, SiteImage):
            for rendition in row.renditions.order_by("width"):
                title = f"{gettext('Image')} {rendition.width} × {rendition.height}"
                yield Place(title, "", rendition.full_url)


def forget_proposal(subject: Subject) -> int:
    """Erase the speaker's name and the words of the role that the import has read in a quote, and return how many
    rows were changed; 0 for other objects."""
    if not issubclass(subject.model, Quote):
        return 0
    kept = ImportedQuote.objects.filter(quote__translation_key=subject.key).exclude(name="", words="")
    return kept.update(name="", words="")


def with_the_person(subject: Subject) -> Iterator[Withdrawable]:
    """Yield the material that names the person, each once, and the person's photos that no other person has. Yield
    nothing for other objects."""
    if not issubclass(subject.model, Person):
        return
    for kind in KINDS:
        if kind.people_field:
            named = {f"{kind.people_field}__translation_key": subject.key}
            rows = kind.model._base_manager.filter(**named).order_by("pk")
            yield from {row.translation_key: row for row in reversed(rows)}.values()
    others = Person._base_manager.exclude(translation_key=subject.key)
    photos = SiteImage.objects.filter(pk__in=_photos(subject))
    yield from photos.exclude(pk__in=others.filter(photo__isnull=False).values("photo"))


def with_the_same_words(subject: Subject) -> Iterator[Withdrawable]:
    """Yield other quotes, each once, whose whole text has the same words, and that are by the same speaker or have
    no valid consent; not those that are withdrawn already. Yield nothing for other objects."""
    if not issubclass(subject.model, Quote):
        return
    words = {bare for text in subject.words.texts if (bare := bare_words(text))}
    quotes = (row for row in subject.rows if isinstance(row, Quote))
    speakers = {quote.speaker.translation_key for quote in quotes if quote.speaker}
    others = Quote._base_manager.exclude(translation_key=subject.key).filter(consent_withdrawn=None)
    found = {}
    for quote in others.select_related("speaker").order_by("-pk").iterator(chunk_size=500):
        same_speaker = quote.speaker is not None and quote.speaker.translation_key in speakers
        if bare_words(quote.text) in words and (same_speaker or not quote.consent_holds()):
            found[quote.translation_key] = quote
    yield from found.values()


def stories_and_campaigns(subject: Subject) -> set[UUID]:
    """Return the translation keys of the pages on which material may be shown: its stories, campaigns and
    editions, the pages on which editors placed it, and the home pages. Empty for other objects."""
    kind = BY_MODEL.get(subject.model)
    return around_material(kind, {UUID(subject.key)}) if kind else set()


def _photos(subject: Subject) -> set[int]:
    return {row.photo_id for row in subject.rows if isinstance(row, Person) and row.photo_id}


def _is_shown(row: Withdrawable) -> bool:
    return getattr(row, "live", True) and (row.consent_holds() if hasattr(row, "consent_holds") else True)


def connect() -> None:
    register(Store(_("Proposals of the import"), forget_proposal))
    register_companions(with_the_person)
    register_companions(with_the_same_words)
    register_showing(stories_and_campaigns)
    for find in (pages_showing, addresses_of_material, files_of_images):
        register_shown(find)
