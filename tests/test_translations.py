"""Every interface text is in every catalogue, whole; and none stands in the code that no catalogue could hold."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages import Message as BabelMessage
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.apps import apps
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation.template import templatize
from django.views.i18n import JSONCatalog
from wagtail import blocks
from wagtail.admin.panels import Panel
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from tests import factories

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
LIBRARIES = ROOT / "site_cms" / "library_locale"
PACKAGES = ("core", "campaigns", "home", "search", "translation", "site_cms")
SOURCE_LANGUAGE = settings.LANGUAGE_CODE
CODES = [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
KEYWORDS = DEFAULT_KEYWORDS | {
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": DEFAULT_KEYWORDS["gettext"],
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}|</?\w+>")
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "label", "placeholder", "title")
NEVER_SHOWN = {
    "AttemptCounter", "ClosedPage", "DocumentMetadata", "Entry", "FacetSet", "Heartbeat", "JournalEntry",
    "ListedMonth", "Listing", "ListingState",
    "PassageStatement", "PublishConfirmation", "QueuedMail", "RecordedWork", "Showing", "ShownFile",
    "SiteRendition", "Text", "Word",
}  # fmt: skip
NAMES_OF_CLASSES = re.compile(r"accent-\w+|login")

Message = tuple[str | None, str | tuple[str, ...]]
"""Its context and its text; two texts where it has a plural."""


def messages_of(python: bytes) -> Iterator[Message]:
    for _line, text, _comments, context in extract("python", BytesIO(python), KEYWORDS):
        yield context, text


def messages_of_template(source: str) -> Iterator[Message]:
    # Within brackets Python takes no notice of indents, and a template has some of its own.
    return messages_of(f"(\n{templatize(source)}\n)".encode())


def template_sources(folder: Path = TEMPLATES) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield path, path.read_text("utf-8")


def all_template_sources() -> Iterator[tuple[Path, str]]:
    """Yield also those of Wagtail's widgets, which are looked for in the apps alone."""
    for folder in (TEMPLATES, *(ROOT / package / "templates" for package in PACKAGES)):
        yield from template_sources(folder)


@cache
def messages_of_the_code() -> set[Message]:
    found = {message for _path, source in all_template_sources() for message in messages_of_template(source)}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found.update(messages_of(path.read_bytes()))
    return found


def catalogue(code: str) -> Catalog:
    with path_of(code, "po").open("rb") as file:
        return read_po(file, locale=translation.to_locale(code))


def path_of(code: str, suffix: str) -> Path:
    return ROOT / "site_cms" / "locale" / translation.to_locale(code) / "LC_MESSAGES" / f"django.{suffix}"


def entries(catalog: Catalog) -> dict[Message, tuple[str, ...]]:
    return {
        (context_of(entry), entry.id if isinstance(entry.id, str) else forms(entry.id)): forms(entry.string or "")
        for entry in catalog
        if entry.id
    }


def context_of(entry: BabelMessage) -> str | None:
    # Of a compiled catalogue Babel gives it as bytes.
    context: Any = entry.context
    return context.decode() if isinstance(context, bytes) else context


def forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def test_placeholder__is_told_from_text():
    assert placeholders("<b>%(name)s</b> of {total}, 65 % {language code: text}") == Counter(
        ["<b>", "%(name)s", "</b>", "{total}"]
    )


def test_extraction__finds_what_django_would():
    source = """{% translate "One" %}
        {% blocktranslate trimmed %}
        Two {{ x }}
    {% endblocktranslate %}{{ _("Three") }}"""
    assert set(messages_of_template(source)) == {(None, "One"), (None, "Two %(x)s"), (None, "Three")}
    python = b'_("One " "two")\nngettext_lazy("page", "pages", n)\npgettext("menu", "Open")\nother("No")'
    assert set(messages_of(python)) == {(None, "One two"), (None, ("page", "pages")), ("menu", "Open")}


@pytest.mark.parametrize("code", CODES)
def test_catalogue__has_every_text_of_the_code_and_no_other(code):
    in_code, catalog = messages_of_the_code(), catalogue(code)
    there = set(entries(catalog))
    assert (in_code - there, there - in_code) == (set(), set()), "make messages"
    assert not catalog.obsolete


@pytest.mark.parametrize("code", CODES)
def test_catalogue__is_whole(code):
    catalog = catalogue(code)
    plurals = catalog.num_plurals
    assert [entry.id for entry in catalog if entry.id and entry.fuzzy] == []
    for (_context, text), translated in entries(catalog).items():
        assert len(translated) == (1 if isinstance(text, str) else plurals), text
        for form in translated:
            assert form.strip(), text
            assert form not in forms(text)


@pytest.mark.parametrize("code", CODES)
def test_catalogue__keeps_the_placeholders(code):
    for (_context, text), translated in entries(catalogue(code)).items():
        expected = placeholders(forms(text)[-1])
        for form in translated:
            assert placeholders(form) == expected, form


@pytest.mark.parametrize("code", CODES)
def test_catalogue__is_compiled(code):
    with path_of(code, "mo").open("rb") as file:
        compiled = read_mo(file)
    assert entries(compiled) == entries(catalogue(code)), "make messages"


def texts_of_scripts() -> set[str]:
    """Return the texts of Wagtail's and wagtail-localize's scripts, as their English catalogues list them."""
    found = set()
    for name in ("wagtailadmin", "wagtail_localize"):
        path = Path(apps.get_app_config(name).path, "locale", "en", "LC_MESSAGES", "djangojs.po")
        with path.open("rb") as file:
            found |= {forms(entry.id)[0] for entry in read_po(file) if entry.id}
    return found


@pytest.mark.parametrize("code", CODES)
def test_scripts_of_the_admin__are_translated(rf, code):
    with translation.override(code):
        answer = JSONCatalog.as_view(packages=["wagtail.admin", "wagtail_localize"])(rf.get("/"))

    assert len(texts_of_scripts()) > 100
    assert texts_of_scripts() - set(json.loads(answer.content)["catalog"]) == set()


@pytest.mark.parametrize("path", sorted(LIBRARIES.rglob("*.po")), ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_catalogue_of_libraries__is_whole_and_compiled(path):
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    with path.with_suffix(".mo").open("rb") as file:
        assert entries(read_mo(file)) == entries(catalog), "make messages"
    assert [entry.id for entry in catalog if entry.id and entry.fuzzy] == []
    for (_context, text), translated in entries(catalog).items():
        assert len(translated) == (1 if isinstance(text, str) else catalog.num_plurals), text
        for form in translated:
            assert form.strip(), text
            # “1 page” may have its figure in words.
            assert placeholders(form) in [placeholders(each) for each in forms(text)], form


def test_editor_of_wagtail_localize__tells_download_from_upload_in_russian(rf):
    with translation.override("ru"):
        answer = JSONCatalog.as_view(packages=["wagtail_localize"])(rf.get("/"))

    texts = json.loads(answer.content)["catalog"]
    assert (texts["Download PO file"], texts["Upload PO file"]) == ("Скачать файл PO", "Загрузить файл PO")


def unmarked_words(source: str) -> list[str]:
    """What a template says in its own words, not by way of a translation."""
    text, inside = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.split_contents()[0]
            inside = (inside or tag.startswith("blocktrans")) and not tag.startswith("endblocktrans")
        text.append(token.contents if token.token_type == TokenType.TEXT and not inside else " ")
    said = [words for words in spoken("".join(text)) if re.search(r"[^\W\d_]{2}", words)]
    return [words for words in said if not NAMES_OF_CLASSES.fullmatch(words)]


def spoken(html: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    # What is typed as it stands, and what is printed on keys, is the same in all languages.
    for silent in soup(["script", "style", "code", "kbd"]):
        silent.decompose()
    texts: list[Any] = [text for text in soup.find_all(string=True) if not isinstance(text, PreformattedString)]
    texts += [tag[name] for tag in soup.find_all(True) for name in SPOKEN_ATTRIBUTES if tag.get(name)]
    return [" ".join(text.split()) for text in texts if text.strip()]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p class="x">{% translate "Fine" %} · {{ title }}</p>', []),
        ("{% blocktranslate %}Fine {{ x }}{% endblocktranslate %} not", ["not"]),
        ("<p>{{ title }}: read</p>", [": read"]),
        ('<a aria-label="Menu {{ x }}"></a>', ["Menu"]),
        ("<p><code>?limit=10</code> {{ title }} said</p>", ["said"]),
        ("<p><kbd>Ctrl</kbd>+<kbd>Enter</kbd> saves</p>", ["saves"]),
        ("{# A note #}<script>let it = be</script><!-- so -->", []),
    ],
)
def test_unmarked_words__are_found(source, found):
    assert unmarked_words(source) == found


def test_template__has_no_words_outside_a_translation():
    found = {str(path.relative_to(ROOT)): unmarked_words(source) for path, source in all_template_sources()}
    assert {path: words for path, words in found.items() if words} == {}


def panel_texts(panel: Panel, where: str) -> Iterator[tuple[str, object]]:
    for name in ("heading", "help_text", "label"):
        yield f"{where}, {name} of a {type(panel).__name__}", getattr(panel, name, "")
    for child in getattr(panel, "children", ()):
        yield from panel_texts(child, where)


def block_texts(block: blocks.Block, where: str) -> Iterator[tuple[str, object]]:
    for name in ("label", "help_text", "description"):
        yield f"{where}, {name}", getattr(block.meta, name, "")
    for name, child in getattr(block, "child_blocks", {}).items():
        yield from block_texts(child, f"{where}.{name}")


def texts_of_the_admin() -> Iterator[tuple[str, object]]:
    ours = [model for package in PACKAGES[:-1] for model in apps.get_app_config(package).get_models()]
    for model in ours:
        if model.__name__ not in NEVER_SHOWN:
            yield f"{model.__name__}, name", model._meta.verbose_name
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield from block_texts(field.stream_block, f"{model.__name__}.{field.name}")
    for model in {*get_page_models()} & {*ours}:
        yield from panel_texts(model.get_edit_handler(), model.__name__)
    for model in {*get_snippet_models()} & {*ours}:
        yield from panel_texts(model.snippet_viewset.get_edit_handler(), model.__name__)


def test_admin__says_nothing_that_cannot_be_translated():
    fixed = [(where, text) for where, text in texts_of_the_admin() if text and not isinstance(text, Promise)]
    assert fixed == []


def english_of_public_pages() -> set[str]:
    messages = {
        message
        for path, source in template_sources()
        if "admin" not in path.relative_to(TEMPLATES).parts[0]
        for message in messages_of_template(source)
    }
    return {text for _context, text in messages if isinstance(text, str) and not PLACEHOLDER.search(text)}


def make_pages(site, code: str) -> dict[str, int]:
    """Addresses of one page of each kind in the language, filled with what can stand on it; how each answers."""
    for index in (site.news_indexes[code], site.campaign_indexes[code]):
        index.title = "…"
        index.save()
    facts = {
        "observance_day": 30,
        "observance_month": 7,
        "first_observed": 2014,
        "resolution": "A/RES/1",
        "hashtags": "#x",
    }
    campaign = factories.CampaignPageFactory(parent=site.campaign_indexes[code], **facts)
    edition = factories.EditionPageFactory(parent=campaign, year=2024, local_theme="…")
    story = factories.NewsPageFactory(parent=site.news_indexes[code], campaigns=[campaign])
    for factory in (factories.QuoteFactory, factories.TakeawayFactory, factories.KeyFigureFactory):
        factory(locale=code, campaigns=[campaign])
    untranslated = factories.NewsPageFactory(parent=site.news_index)
    made = [site.homes[code], site.news_indexes[code], site.campaign_indexes[code], campaign, edition, story]
    found = [
        *(Page.objects.get(pk=page.pk).get_url() for page in made),
        f"/{code}/news/?topic=none&year=1900",
        f"/{code}/search/",
        f"/{code}/search/?q=nowhere",
    ]
    missing = [f"/{code}/news/{untranslated.slug}/", f"/{code}/nowhere/"]
    return dict.fromkeys(found, 200) | dict.fromkeys(missing, 404)


@pytest.mark.parametrize("code", CODES)
def test_public_page__has_no_english_of_the_interface(client, site, code):
    english = english_of_public_pages()
    assert {"Search", "Skip to the content", "Latest stories"} <= english
    with translation.override(code):
        skip = translation.gettext("Skip to the content")

    for address, status in make_pages(site, code).items():
        response = client.get(address)
        said = set(spoken(response.text))
        assert response.status_code == status, address
        assert skip in said, address
        assert said & english == set(), address
