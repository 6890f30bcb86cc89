"""The targets of links in texts and blocks: the public page in the reader's language or else in a fallback
language. All links of a page are resolved with one query for pages and one for documents."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import unquote

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from core.helplines import numbers
from core.internals.wagtail_models import extract_attrs, extract_references_from_rich_text
from core.languages.site_languages import InLanguage, LocaleCodes, active_code, best
from core.media.cards import is_hidden
from core.prepared import SOME_TIME, Prepared, Several
from core.stamps import tags
from core.stamps.collecting import note
from core.typed import Translatable
from core.visibility import hidden_from, hidden_in, seen

TELEPHONE = "tel:"
_LINK = re.compile(r"<a(\b[^>]*)>(.*?)</a>", re.DOTALL)
_WRITTEN = re.compile(r"(\+?[\d(][\d ().\u2010-\u2015\u2212-]*\d)")


@dataclass(frozen=True, kw_only=True)
class Target(InLanguage):
    """The URL of a link, with the language of its page."""

    url: str


class Links:
    """The targets of a page's links, looked up when the first is needed. `references` are tuples that begin with
    model and key, as returned by `extract_references` of Wagtail's fields."""

    def __init__(self, references: Iterable[tuple[Any, ...]], request: HttpRequest | None = None) -> None:
        self.request = request
        self._wanted: dict[type[Translatable], set[int]] = defaultdict(set)
        for model, key, *_path in references:
            if str(key).isdecimal():
                self._wanted[model].add(int(key))
                note(tags.row_of(model, key))

    @classmethod
    def of_page(cls, page: Page, request: HttpRequest | None) -> "Links":
        """Return the links in all fields of a page that can hold some; nothing is looked up yet."""
        fields = [field for field in page._meta.concrete_fields if hasattr(field, "extract_references")]
        found = (found for field in fields for found in field.extract_references(getattr(page, field.attname)))
        return cls(found, request)

    @classmethod
    def of_text(cls, html: str) -> "Links":
        """Return the links in a stored rich text; nothing is looked up yet."""
        return cls(extract_references_from_rich_text(html))

    def page(self, key: int | str | None) -> Target | None:
        """Return the target of a link to the page with this primary key, in the reader's language or else the
        first of `chain` in which readers may see it. Return None if there is none, or if the page was not among
        the links."""
        return self._pages.get(int(key)) if key is not None and str(key).isdecimal() else None

    def document(self, key: int | str) -> str:
        """Return the URL of the document with this primary key; empty if it is missing or not among the links, or
        if its recording is hidden from readers."""
        return self._documents.get(int(key), "") if str(key).isdecimal() else ""

    def rich_text(self, html: str) -> SafeString:
        """Return stored rich text as HTML. Links to pages and documents without a target are replaced by their
        text; links to a page in a fallback language name the language."""
        # The remaining HTML was checked by Wagtail when it was stored.
        return mark_safe(expand_db_html(_LINK.sub(self._link, html)))

    def _link(self, match: re.Match[str]) -> str:
        """Return the HTML of one link to a page, a document or telephone numbers. Links of other kinds are
        returned as they are, for Wagtail to expand."""
        attributes, words = extract_attrs(match[1]), mark_safe(match[2])
        kind, key = attributes.get("linktype"), attributes.get("id")
        if kind == "document":
            url = self.document(key)
            return format_html('<a href="{}">{}</a>', url, words) if url else words
        if attributes.get("href", "").strip().lower().startswith(TELEPHONE):
            return _calls(attributes["href"], words)
        if kind != "page":
            return match[0]
        target = self.page(key)
        if target is None:
            return words
        if not target.is_fallback:
            return format_html('<a href="{}">{}</a>', target.url, words)
        return format_html(
            '<a href="{}" hreflang="{}">{}</a> (<span lang="{}" dir="{}">{}</span>)',
            target.url,
            target.code,
            words,
            target.lang,
            target.dir,
            target.language_name,
        )

    @cached_property
    def _pages(self) -> dict[int, Target]:
        wanted = self._wanted[Page]
        if not wanted:
            return {}
        asked: Any = {"wanted": wanted, "locale": LocaleCodes.ids().get(active_code()), "now": timezone.now()}
        private = hidden_from(self.request)
        rows = _pages.rows(**asked) if private is None else iter(_build_pages(**asked, private=private))
        languages = defaultdict(list)
        for row in rows:
            languages[row.translation_key].append(row)
        return {
            row.pk: Target(url=shown.get_url(self.request), code=LocaleCodes.code(shown.locale_id))
            for of_key in languages.values()
            if (shown := best([row for row in of_key if row.is_public], active_code()))
            for row in of_key
            if row.pk in wanted
        }

    @cached_property
    def _documents(self) -> dict[int, str]:
        wanted = self._wanted[get_document_model()]
        if not wanted:
            return {}
        return {row.pk: row.url for row in _documents.rows(wanted=wanted) if not is_hidden(row)}


def _build_pages(
    wanted: Iterable[int], locale: int, now: datetime.datetime, private: QuerySet[Any] | None = None
) -> QuerySet[Any]:
    """Return the pages with these primary keys in all languages, as a queryset, with the annotation
    `is_public`."""
    public = seen(Page.objects.filter(pk=OuterRef("pk")).order_by(), private=private, now=now)
    public = public.exclude(hidden_in(Page, locale, now))
    keys = Page.objects.filter(pk__in=wanted).order_by().values("translation_key")
    return Page.objects.filter(translation_key__in=keys).annotate(is_public=Exists(public)).order_by("path")


_pages = Prepared(_build_pages, wanted=Several(int), locale=-1, now=SOME_TIME)
_documents = Prepared(
    lambda wanted: get_document_model().objects.filter(pk__in=wanted).select_related("recording"),
    wanted=Several(int),
)


def _calls(href: str, words: SafeString) -> SafeString:
    """Return the text `words` with a `tel:` link for each number in `href`. If the text names the same numbers,
    each of them becomes a link; otherwise the links follow the text. Without any number the text alone is
    returned."""
    wanted = numbers.found_in(unquote(unescape(href.strip()[len(TELEPHONE) :])))
    if len(wanted) == 1:
        return format_html('<a href="tel:{}">{}</a>', wanted[0].tel, words)
    pieces: list[str] = [words] if "<" in words else _WRITTEN.split(unescape(words))
    named = [numbers.found_in(written) for written in pieces[1::2]]
    if all(len(found) < 2 for found in named) and [each.tel for found in named for each in found] == [
        each.tel for each in wanted
    ]:
        pieces[1::2] = [
            format_html('<a href="tel:{}">{}</a>', found[0].tel, written) if len(found) == 1 else written
            for found, written in zip(named, pieces[1::2], strict=True)
        ]
        return mark_safe("".join(map(conditional_escape, pieces)))
    links = format_html_join(", ", '<a href="tel:{}">{}</a>', ((each.tel, each.shown) for each in wanted))
    return format_html("{} ({})", words, links) if links else words
