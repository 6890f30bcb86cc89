"""Resources and their files, each resource once in the best language, with its files in all of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest

from campaigns.cards import Card
from campaigns.context import tied
from campaigns.drawing import language_words, words
from campaigns.listing import Filter, chosen, filters_query, topic_options
from campaigns.models import Topic
from core.languages.site_languages import LocaleCodes, active_code, all_languages
from core.media.cards import FileCard, file_card, is_hidden
from core.typed import Translatable
from core.visibility import best_by_key, for_reader, live_pieces, private_keys, public_pages
from home.models import ResourceFile, ResourcePage

RESOURCES_A_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class ResourceCard(Card):
    title: str
    url: str
    summary: str
    kind_label: str
    year: int | None
    files: list[FileCard]
    seed: str


def resources(request: HttpRequest) -> QuerySet[Any]:
    pages = ResourcePage.objects.order_by()
    return for_reader(public_pages(pages, private_keys(request)))


def resource_listing(
    index: Translatable, request: HttpRequest, labels: dict[str, str], kinds: list[tuple[str, str]]
) -> dict[str, Any]:
    code = active_code()
    siblings = resources(request).filter(translation_key__in=below_in_any_language(index))
    filters = resource_filters(request, siblings, labels, kinds)
    wanted = narrowed(siblings, {each.name: each.value for each in filters})
    keys = wanted.values("translation_key").annotate(newest=Max("year"), last=Max("pk"))
    ordered = keys.order_by(F("newest").desc(nulls_last=True), "-last").values_list("translation_key", flat=True)
    page = Paginator(ordered, RESOURCES_A_PAGE).get_page(request.GET.get("page"))
    on_page = list(page)
    found = best_by_key(siblings.filter(translation_key__in=on_page), code)
    return {
        "resources": resource_cards([found[key] for key in on_page if key in found], request),
        "pager": page,
        "filters": filters,
        "query": filters_query(filters),
    }


def below_in_any_language(index: Translatable) -> QuerySet[Any]:
    """The keys of what stands below this list in one language or another: few translate everything."""
    pages = ResourcePage.objects.order_by()
    paths = index.get_translations(inclusive=True).values_list("path", flat=True)
    found = pages.none()
    for path in paths:
        found = found | pages.filter(path__startswith=path)
    return found.values("translation_key")


def resource_filters(
    request: HttpRequest, siblings: QuerySet[Any], labels: dict[str, str], kinds: list[tuple[str, str]]
) -> list[Filter]:
    code = active_code()
    topics = best_by_key(live_pieces(Topic.objects.all()), code)
    years = siblings.exclude(year=None).values_list("year", flat=True).distinct().order_by("-year")
    options = {
        "kind": list(kinds),
        "topic": topic_options(topics.values()),
        "year": [(str(year), str(year)) for year in years],
        "language": [(each.code, language_words(each.code)) for each in all_languages()],
    }
    return [Filter(name, labels[name], found, chosen(request.GET, name, found)) for name, found in options.items()]


def narrowed(found: QuerySet[Any], values: dict[str, str]) -> QuerySet[Any]:
    if values["kind"]:
        found = found.filter(kind=values["kind"])
    if values["topic"]:
        found = found.filter(topic_ties__topic__slug=values["topic"])
    if values["year"]:
        found = found.filter(year=values["year"])
    if values["language"]:
        found = found.filter(files__language=values["language"])
    return found


def resource_cards(pages: list[Translatable], request: HttpRequest) -> list[ResourceCard]:
    files = files_of(pages)
    return [
        ResourceCard(
            code=LocaleCodes.code(page.locale_id),
            title=page.title,
            url=page.get_url(request),
            summary=page.summary,
            kind_label=page.get_kind_display(),
            year=page.year,
            files=files.get(page.pk, []),
            seed=page.slug,
        )
        for page in pages
    ]


def files_of(pages: Iterable[Translatable]) -> dict[int, list[FileCard]]:
    found: dict[int, list[FileCard]] = {page.pk: [] for page in pages}
    rows = ResourceFile.objects.filter(page__in=list(found))
    for row in rows.select_related("document__recording").order_by("page_id", "sort_order", "pk"):
        if not is_hidden(row.document):
            found[row.page_id].append(file_card(row.document, row.language))
    return found


def resource_context(resource: Translatable, request: HttpRequest) -> dict[str, Any]:
    topics = live_pieces(Topic.objects.all())
    files = resource.files.select_related("document__recording")
    return {
        "files": [file_card(row.document, row.language) for row in files if not is_hidden(row.document)],
        "topics": [words(topic) for topic in tied(resource.topic_ties, "topic", topics, active_code())],
    }
