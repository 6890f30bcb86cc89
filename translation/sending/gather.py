"""What is sent together: what a reader of a campaign meets, and what hangs on each thing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, QuerySet
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from campaigns.editions import period_of
from campaigns.querysets import Period
from core.gate.references import references
from core.visibility import live_pieces, private_keys, public_pages
from translation.segments import original_of

PIECES = ("Quote", "Takeaway", "KeyFigure")


def members(page: Model) -> list[Model]:
    """Of a campaign or an edition, in its original language: itself, its campaign or its editions, the stories
    and the pieces on it (eight queries). Drafts, what is private and what lacks consent is nobody's to read."""
    page = original_of(page)
    if page._meta.object_name == "EditionPage":
        campaign = original_of(page.get_parent().specific)
        period = period_of(page, list(_editions(campaign)))
        pages = [campaign, page]
    else:
        campaign, period = page, None
        pages = [campaign, *public_pages(_editions(campaign))]
    public = public_pages(_model("NewsPage").objects.order_by(), private_keys())
    stories = public.tied_to(campaign.translation_key).in_period(period)
    return [*pages, *originals(stories), *_pieces(campaign, public, stories, period)]


def with_all(instances: Iterable[Model], locale_ids: Collection[int]) -> list[Model]:
    """Also the pages above that a language lacks, the pieces of the stories, and the snippets that any of it
    shows, each once and in its original language. Snippets come first, then pages from above to below."""
    found: dict[UUID, Model] = {}
    fresh = list(instances)
    while fresh:
        fresh = list({row.translation_key: row for row in fresh if row.translation_key not in found}.values())
        found.update((row.translation_key, row) for row in fresh)
        fresh = [*_parents(fresh, locale_ids), *_of_stories(fresh), *_shown(fresh)]
    rows = list(found.values())
    snippets = [row for row in reversed(rows) if not isinstance(row, Page)]
    return [
        *snippets,
        *sorted((row for row in rows if isinstance(row, Page)), key=lambda row: (row.depth, row.path)),
    ]


def originals(queryset: QuerySet) -> QuerySet:
    """Without the translations."""
    model = queryset.model
    earlier = model._base_manager.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return queryset.exclude(Exists(earlier))


def titles_of(keys: Collection[UUID]) -> dict[UUID, str]:
    """Of the originals, of whatever kind (a query for each kind of snippet, and one for pages)."""
    kinds = [Page, *(model for model in get_snippet_models() if issubclass(model, TranslatableMixin))]
    found: dict[UUID, str] = {}
    for model in kinds:
        if lacking := set(keys) - set(found):
            rows = originals(model._base_manager.filter(translation_key__in=lacking))
            found.update((row.translation_key, row.title if model is Page else str(row)) for row in rows)
    return found


def pair(instance: Model) -> list:
    """As a job keeps it."""
    return [instance._meta.label_lower, instance.pk]


def _editions(campaign: Page) -> QuerySet:
    return _model("EditionPage").objects.child_of(campaign)


def _pieces(campaign: Page, public: QuerySet, stories: QuerySet, period: Period | None) -> Iterable[Model]:
    of_kind = [_readable(name).without_hidden_story(public) for name in PIECES]
    key = campaign.translation_key
    return chain.from_iterable(originals(rows.belonging_to(key, stories, period)) for rows in of_kind)


def _of_stories(rows: list[Model]) -> list[Model]:
    stories = _model("NewsPage")
    keys = [row.translation_key for row in rows if isinstance(row, stories)]
    if not keys:
        return []
    of_keys = stories.objects.order_by().filter(translation_key__in=keys)
    return list(chain.from_iterable(originals(_readable(name).of_stories(of_keys)) for name in PIECES))


def _readable(name: str) -> QuerySet:
    rows = live_pieces(_model(name).objects.all())
    return rows.consented() if name == "Quote" else rows


def _shown(rows: list[Model]) -> list[Model]:
    """The snippets that they point at, by ties, fields and blocks, but for what was taken offline and for
    quotes without consent."""
    pks: dict[type[Model], set[str]] = defaultdict(set)
    for row in rows:
        for reference in references(row):
            if issubclass(reference.model, TranslatableMixin) and not issubclass(reference.model, Page):
                pks[reference.model].add(reference.pk)
    found = []
    for model, of_model in pks.items():
        keys = model._base_manager.filter(pk__in=of_model).values("translation_key")
        shown = model.objects.filter(translation_key__in=keys)
        if hasattr(shown, "consented"):
            shown = shown.consented()
        found += originals(shown).exclude(live=False, first_published_at__isnull=False)
    return found


def _parents(rows: list[Model], locale_ids: Collection[int]) -> list[Model]:
    """Those that one of the languages lacks (four queries)."""
    step = Page.steplen
    paths = {
        row.path[:end] for row in rows if isinstance(row, Page) for end in range(2 * step, len(row.path), step)
    }
    if not paths:
        return []
    keys = set(Page.objects.filter(path__in=paths).values_list("translation_key", flat=True))
    there = defaultdict(set)
    of_keys = Page.objects.filter(translation_key__in=keys).values_list("translation_key", "locale_id")
    for key, locale_id in of_keys:
        there[key].add(locale_id)
    lacking = [key for key in keys if set(locale_ids) - there[key]]
    return list(originals(Page.objects.filter(translation_key__in=lacking)).specific()) if lacking else []


def _model(name: str) -> type[Model]:
    return apps.get_model("campaigns", name)
