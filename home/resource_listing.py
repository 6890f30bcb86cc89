"""The list of resources: each resource once, in its best language, with its files in all languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest

from campaigns.cards import Card
from campaigns.context import tied
from campaigns.drawing import language_words, words
from campaigns.listing import Filter, chosen, filters_query, topic_options
from campaigns.models import Topic
from core.languages.site_languages import LocaleCodes, Words, active_code, all_languages
from core.media.cards import FileCard, file_card, is_hidden
from core.visibility import best_by_key, for_reader, private_keys, public_pages, seen
from home.models import ResourceFile, ResourceIndexPage, ResourcePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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
    """Return the public resources in all languages, without those that were unpublished in the active one."""
    pages = ResourcePage.objects.order_by()
    return for_reader(public_pages(pages, private_keys(request)))


def resource_listing(
    index: ResourceIndexPage,
    request: HttpRequest,
    labels: dict[str, str],
    kinds: "Sequence[tuple[str, StrOrPromise]]",
) -> dict[str, Any]:
    """Return the template context of a list of resources: the cards on the requested page, newest year first, the
    pager, the filters and their query string. `labels` are the labels of the filters by name, `kinds` the choices
    of a kind."""
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


def below_in_any_language(index: ResourceIndexPage) -> QuerySet[Any]:
    """Return the translation keys of the resources below this list in any language, as a subquery. Few of them are
    translated into every language."""
    pages = ResourcePage.objects.order_by()
    paths = index.get_translations(inclusive=True).values_list("path", flat=True)
    found = pages.none()
    for path in paths:
        found = found | pages.filter(path__startswith=path)
    return found.values("translation_key")


def resource_filters(
    request: HttpRequest,
    siblings: QuerySet[Any],
    labels: dict[str, str],
    kinds: "Sequence[tuple[str, StrOrPromise]]",
) -> list[Filter]:
    """Return the filters by kind, topic, year and language with all their options, and the values that the request
    has chosen; unknown values are ignored. The years are those of `siblings`; `labels` and `kinds` are as in
    `resource_listing`."""
    code = active_code()
    topics = best_by_key(seen(Topic.objects.all()), code)
    years = siblings.exclude(year=None).values_list("year", flat=True).distinct().order_by("-year")
    options: dict[str, list[tuple[str, str | Words]]] = {
        "kind": [(kind, str(label)) for kind, label in kinds],
        "topic": [*topic_options(topics.values())],
        "year": [(str(year), str(year)) for year in years],
        "language": [(each.code, language_words(each.code)) for each in all_languages()],
    }
    return [Filter(name, labels[name], found, chosen(request.GET, name, found)) for name, found in options.items()]


def narrowed(found: QuerySet[Any], values: dict[str, str]) -> QuerySet[Any]:
    """Return the resources that match the values of the filters "kind", "topic" (a slug), "year" and "language"
    (of a file), of which all four must be given; an empty value filters nothing."""
    if values["kind"]:
        found = found.filter(kind=values["kind"])
    if values["topic"]:
        found = found.filter(topic_ties__topic__slug=values["topic"])
    if values["year"]:
        found = found.filter(year=values["year"])
    if values["language"]:
        found = found.filter(files__language=values["language"])
    return found


def resource_cards(pages: list[ResourcePage], request: HttpRequest) -> list[ResourceCard]:
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


def files_of(pages: Iterable[ResourcePage]) -> dict[int, list[FileCard]]:
    """Return the cards of the files by the primary key of the resource, in the editor's order, without those that
    are hidden from readers; an empty list if there are none."""
    found: dict[int, list[FileCard]] = {page.pk: [] for page in pages}
    rows = ResourceFile.objects.filter(page__in=list(found))
    for row in rows.select_related("document__recording").order_by("page_id", "sort_order", "pk"):
        if not is_hidden(row.document):
            found[row.page_id].append(file_card(row.document, row.language))
    return found


def resource_context(resource: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """Return the template context of a resource's page: the cards of its files that are not hidden from readers,
    and the names of its live topics."""
    topics = seen(Topic.objects.all())
    files = resource.files.select_related("document__recording")
    return {
        "files": [file_card(row.document, row.language) for row in files if not is_hidden(row.document)],
        "topics": [words(topic) for topic in tied(resource.topic_ties, "topic", topics, active_code())],
    }
