"""Writing of the search index. Only pages that are live and public have an entry, which contains only material
with consent; the words that are suggested come from these entries alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.helplines.typed_numbers import numbers_typed
from core.languages.site_languages import LocaleCodes
from core.languages.stems import stem
from core.visibility import originals, public_pages
from search import vocabulary
from search.documents import Shown, own_text, shown_on
from search.engines import Matching, engine
from search.facets import About, about, facet_ids
from search.models import Entry, Showing, Text
from search.vocabulary import Counts
from search.words import folded_words

AT_ONCE = 100
"""Translation keys that are written in one transaction."""


def update(keys: Collection[UUID], counts: Counts | None = None) -> int:
    """Write the entries of the public pages of these translation keys in every language, delete those of the
    others, and return how many were written. With `counts` the words are added there and not to the stored
    vocabulary, for a caller that replaces all of it."""
    written = 0
    keys = sorted(keys)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        with transaction.atomic():
            engine().one_at_a_time()
            written += _update(some, counts)
    return written


def forget_words(instance: Entry, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: subtract the words of an entry from the vocabulary before it is deleted, also with
    its page."""
    engine().one_at_a_time()
    text = Text.objects.filter(entry=instance).first()
    if text:
        vocabulary.add(_counted([(instance.locale_id, text)], -1))


def public(keys: Iterable[UUID]) -> PageQuerySet:
    """Return the public pages of these translation keys, in every language."""
    return public_pages(Page.objects.filter(translation_key__in=list(keys), depth__gt=1))


def _update(keys: Sequence[UUID], counts: Counts | None) -> int:
    """Write or delete the entries of these keys, as `update` does, and return the number of those written. The
    caller has opened the transaction."""
    pages = list(public(keys).order_by("pk").specific())
    Entry.objects.filter(translation_key__in=keys).exclude(page__in=[page.pk for page in pages]).delete()
    if not pages:
        return 0
    first = Page.objects.filter(translation_key__in={page.translation_key for page in pages})
    subjects = about(list(originals(first).specific()))
    shown = shown_on(pages)
    old = {text.pk: text for text in Text.objects.filter(entry__in=[page.pk for page in pages])}
    texts = [_text(page, shown[page.pk]) for page in pages]
    _write(pages, texts, shown, subjects)
    changes = _counted([(page.locale_id, text) for page, text in zip(pages, texts, strict=True)], 1)
    if counts is not None:
        counts.update(changes)
        return len(pages)
    changes.update(_counted([(page.locale_id, old[page.pk]) for page in pages if page.pk in old], -1))
    vocabulary.add(changes)
    return len(pages)


def _text(page: Page, shown: Shown) -> Text:
    return Text(
        entry_id=page.pk, title=page.title, body="\n".join([own_text(page), *shown.texts]).replace("\0", "")
    )


def _write(
    pages: Sequence[Page], texts: Sequence[Text], shown: dict[int, Shown], subjects: dict[UUID, About]
) -> None:
    """Store entries, texts, material and words of these pages. `texts` are in the order of `pages`; `shown` is by
    primary key, `subjects` by translation key."""
    facets = facet_ids(each.facets for each in subjects.values())
    entries = [
        Entry(
            page_id=page.pk,
            locale_id=page.locale_id,
            translation_key=page.translation_key,
            facets_id=facets[subjects[page.translation_key].facets],
            date=subjects[page.translation_key].date,
            until=shown[page.pk].until,
            expires=shown[page.pk].expires,
        )
        for page in pages
    ]
    kept = ["locale", "translation_key", "facets", "date", "until", "expires"]
    Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["page"], update_fields=kept)
    Text.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["entry"], update_fields=["title", "body"]
    )
    Showing.objects.filter(entry__in=[page.pk for page in pages]).delete()
    Showing.objects.bulk_create(
        Showing(entry_id=pk, piece=key) for pk, each in shown.items() for key in each.pieces
    )
    engine().write([_matching(page, text) for page, text in zip(pages, texts, strict=True)])


def _matching(page: Page, text: Text) -> Matching:
    """Return the words by which a page is found: those of its title and text, and the telephone numbers in
    them."""
    code = LocaleCodes.code(page.locale_id)
    typed = dict.fromkeys(folded_words(text.title))
    title = dict.fromkeys(stem(word, code) for word in typed)
    words = title | dict.fromkeys(stem(word, code) for word in folded_words(text.body))
    words |= dict.fromkeys(numbers_typed(f"{text.title}\n{text.body}"))
    return Matching(page.pk, list(title), list(words), list(typed))


def _counted(texts: Iterable[tuple[int, Text]], number: int) -> Counts:
    """Return the words of these (locale id, text) pairs with counts: `number`, which may be -1, for each text that
    has the word."""
    counted: Counts = Counter()
    for locale, text in texts:
        for word in vocabulary.words_of(f"{text.title}\n{text.body}"):
            counted[locale, word] += number
    return counted
