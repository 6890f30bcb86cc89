"""Names of objects that pages refer to, for the search index: partners, topics, goals, files, credits of images.
They are found in Wagtail's reference index, for many pages at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from campaigns.models import SDG, CampaignPage, NewsCampaign, NewsPage, Organisation, Topic
from core.languages.cldr import numerals
from core.languages.site_languages import LocaleCodes, best
from core.media.access import public
from core.visibility import best_by_key, live_pieces, public_pages

if TYPE_CHECKING:
    from wagtail.documents.models import Document

    from core.models import SiteImage
    from core.typed import Translatable

NAMED = (Organisation, Topic, SDG)
# Places where templates show the credit of an image, and the title of a file, as paths of the reference index.
CREDITED = ("body.image.image", "newspage.lead_image")
FILED = ("files.item.document",)


@cache
def kinds() -> tuple[type[Model], ...]:
    """Return the models whose names are indexed with the pages that refer to them: organisations, topics, goals,
    documents and images."""
    return (*NAMED, get_document_model(), get_image_model())


def names_on(pages: Sequence[Page]) -> dict[int, list[str]]:
    """Return by primary key the names on each page that readers see there, each once, in the page's language or
    the next best one."""
    types = {ContentType.objects.get_for_model(kind).pk: kind for kind in kinds()}
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        to_content_type__in=types,
    )
    fields = ("object_id", "to_content_type", "to_object_id", "model_path", "content_type__model")
    wanted: dict[type[Model], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for page, kind, pk, path, name in references.values_list(*fields):
        if is_shown(types[kind], path, name):
            wanted[types[kind]][int(page)].add(int(pk))
    found: dict[int, list[str]] = {page.pk: [] for page in pages}
    # In a fixed order, so that the same page always has the same text.
    for kind in filter(wanted.get, kinds()):
        of_kind = wanted[kind]
        texts = texts_of(kind, {pk for ids in of_kind.values() for pk in ids})
        for page in pages:
            found[page.pk] += [texts(pk, LocaleCodes.code(page.locale_id)) for pk in sorted(of_kind[page.pk])]
    return {page: list(dict.fromkeys(filter(None, texts))) for page, texts in found.items()}


def is_shown(kind: type[Model], path: str, page_model: str) -> bool:
    """Return whether the page shows the name of an object of the model `kind`: of documents and images only in
    some fields. `path` is the path of the reference in a page of the model `page_model`."""
    if kind is get_document_model():
        return path in FILED
    if kind is get_image_model():
        return path in CREDITED or f"{page_model}.{path}" in CREDITED
    return True


def texts_of(kind: type[Model], ids: set[int]) -> Callable[[int, str], str]:
    """Fetch the objects of a model with these primary keys, and return a function that returns the name of one, by
    primary key and language code. The name is empty if readers may not see the object."""
    if kind not in NAMED:
        rows = {row.pk: row for row in public(kind._base_manager.filter(pk__in=ids))}
        return lambda pk, code: text_of(rows[pk]) if pk in rows else ""
    keys = dict(kind._base_manager.filter(pk__in=ids).values_list("pk", "translation_key"))
    languages: dict[UUID, list[Organisation | Topic | SDG]] = defaultdict(list)
    for row in live_pieces(kind._default_manager.filter(translation_key__in=keys.values())):
        languages[row.translation_key].append(row)

    def text(pk: int, code: str) -> str:
        row = best(languages[keys[pk]], code) if pk in keys else None
        return text_of(row) if row else ""

    return text


def text_of(row: "Translatable | SiteImage | Document") -> str:
    """Return the credit of an image, the title of a document, or the name of a snippet with its acronym and the
    digits of its language. The credit of an image without consent is empty."""
    if isinstance(row, get_image_model()):
        return row.credit if row.consent_holds() else ""
    if isinstance(row, get_document_model()):
        return row.title
    acronym = getattr(row, "acronym", "")
    return numerals(f"{row} ({acronym})" if acronym else row, LocaleCodes.code(row.locale_id))


def pages_naming(row: Model) -> set[UUID]:
    """Return the translation keys of the pages that refer to an object in any of its languages, in whatever
    field."""
    key = getattr(row, "translation_key", None)
    ids: Iterable[int] = [row.pk]
    if key:
        ids = type(row)._base_manager.filter(translation_key=key).values_list("pk", flat=True)
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(row),
        to_object_id__in=[str(pk) for pk in ids],
    )
    pages = {int(pk) for pk in references.values_list("object_id", flat=True)}
    return set(Page.objects.filter(pk__in=pages).order_by().values_list("translation_key", flat=True))


def partners_of_campaigns(pages: Iterable[Page]) -> dict[int, list[str]]:
    """Return by the primary key of a page the names of all live partners of its public stories, for campaigns with
    a block of partners that is not limited to picked ones. Other pages are missing."""
    found = {}
    for page in pages:
        blocks = page.body if isinstance(page, CampaignPage) else []
        gathering = [each for each in blocks if each.block_type == "partners" and not each.value["only_picked"]]
        if gathering:
            stories = public_pages(NewsPage.objects.order_by()).tied_to(page.translation_key)
            partners = live_pieces(Organisation.objects.partners_of(stories))
            found[page.pk] = [
                text_of(row) for row in best_by_key(partners, LocaleCodes.code(page.locale_id)).values()
            ]
    return found


def campaigns_with_partners_of(stories: Iterable[UUID]) -> set[UUID]:
    """Return the translation keys of the campaigns to which those of `stories` (translation keys) that have
    partners are tied."""
    ties = NewsCampaign.objects.filter(page__translation_key__in=list(stories), page__partner_ties__isnull=False)
    return set(ties.order_by().values_list("campaign__translation_key", flat=True))
