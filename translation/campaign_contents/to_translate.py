"""What is sent or exported together: the objects of a campaign, and those that objects refer to, in their source
languages."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, TranslatableMixin

from campaigns.models import NewsPage
from campaigns.querysets import PieceQuerySet
from core.internals.wagtail_models import get_snippet_models
from core.references.objects import references
from core.typed import Translatable
from core.visibility import live_pieces, originals
from translation.campaign_contents.kinds import MATERIAL, model_of
from translation.campaign_contents.seen_by_readers import members_of


def members(page: Page) -> list[Translatable]:
    """Return all members of a campaign or an edition that have translations, in their source languages (six
    queries, and one for each kind). `page` may be in any language. Raise LookupError for another page."""
    of_kind: dict[str, list[int]] = defaultdict(list)
    for member in members_of(page):
        if member.is_translated:
            of_kind[member.kind].append(member.pk)
    rows = (model_of(kind)._base_manager.filter(pk__in=pks).order_by("pk") for kind, pks in of_kind.items())
    return list(chain.from_iterable(rows))


def with_all(instances: Iterable[Translatable], locale_ids: Collection[int]) -> list[Translatable]:
    """Return the objects with the pages above them that one of the languages lacks, the public material of the
    stories, and the snippets that any of these refers to, each once and in its source language. Snippets come
    first, referred ones before those that refer to them, then pages from the top of the tree."""
    found: dict[UUID, Translatable] = {}
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


def originals_of(keys: Collection[UUID]) -> list[Translatable]:
    """Return the pages and snippets with these translation keys in their source languages (a query for each kind
    of snippet, one for pages, and one for each type of page)."""
    kinds = [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]
    found = list(originals(Page.objects.filter(translation_key__in=keys)).specific())
    for model in kinds:
        if lacking := set(keys) - {row.translation_key for row in found}:
            found += originals(model._base_manager.filter(translation_key__in=lacking))
    return found


def titles_of(keys: Collection[UUID]) -> dict[UUID, str]:
    """Return the titles of the pages and snippets with these translation keys, in their source languages, by key.
    Keys of objects that do not exist are left out."""
    return {row.translation_key: getattr(row, "title", str(row)) for row in originals_of(keys)}


def beneath(keys: Collection[UUID]) -> list[Translatable]:
    """Return the pages with these translation keys and all pages beneath them, in their source languages."""
    above = Page.objects.filter(translation_key__in=keys).annotate(
        below=ExpressionWrapper(OuterRef("path"), CharField())
    )
    return list(originals(Page.objects.filter(Exists(above.filter(below__startswith=F("path"))))).specific())


def _of_stories(rows: list[Translatable]) -> list[Translatable]:
    """Return the material of the stories among the rows that is live and has consent, in its source language."""
    keys = [row.translation_key for row in rows if isinstance(row, NewsPage)]
    if not keys:
        return []
    of_keys = NewsPage.objects.order_by().filter(translation_key__in=keys)
    return list(chain.from_iterable(originals(_readable(kind).of_stories(of_keys)) for kind in MATERIAL))


def _readable(kind: str) -> PieceQuerySet:
    """Return the objects of a kind of material that are live and have consent, in all languages."""
    return live_pieces(MATERIAL[kind].model.objects.consented())


def _shown(rows: list[Translatable]) -> list[Translatable]:
    """Return the snippets that the rows refer to by ties, fields and blocks, in their source languages, without
    those whose source was unpublished or lacks consent."""
    pks: dict[type[TranslatableMixin], set[str]] = defaultdict(set)
    for row in rows:
        for reference in references(row):
            if issubclass(reference.model, TranslatableMixin) and not issubclass(reference.model, Page):
                pks[reference.model].add(reference.pk)
    found: list[Translatable] = []
    for model, of_model in pks.items():
        keys = model._base_manager.filter(pk__in=of_model).values("translation_key")
        shown = model.objects.filter(translation_key__in=keys)
        if hasattr(shown, "consented"):
            shown = shown.consented()
        found += originals(shown).exclude(live=False, first_published_at__isnull=False)
    return found


def _parents(rows: list[Translatable], locale_ids: Collection[int]) -> list[Translatable]:
    """Return the pages above the rows, without the root, that one of the languages lacks, in their source
    languages (four queries)."""
    step = Page.steplen
    paths = {
        row.path[:end] for row in rows if isinstance(row, Page) for end in range(2 * step, len(row.path), step)
    }
    if not paths:
        return []
    keys = set(Page.objects.filter(path__in=paths).values_list("translation_key", flat=True))
    there: dict[UUID, set[int]] = defaultdict(set)
    of_keys = Page.objects.filter(translation_key__in=keys).values_list("translation_key", "locale_id")
    for key, locale_id in of_keys:
        there[key].add(locale_id)
    lacking = [key for key in keys if set(locale_ids) - there[key]]
    return list(originals(Page.objects.filter(translation_key__in=lacking)).specific()) if lacking else []
