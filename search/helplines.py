"""Text of the helplines on pages for the search index, and the pages to index again when a helpline is changed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.apps import apps
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page

from core.helplines.cards import HelplineCard
from core.helplines.current import Helplines
from core.languages.site_languages import LocaleCodes
from core.models import Helpline

HOME_DEPTH = 2
"""Depth of home pages. The helpline in the footer of every page is indexed with the home page only."""


def helplines_on(pages: Sequence[Page]) -> dict[int, list[str]]:
    """Return the texts of the helplines on each page, in its language, each once (one query). For pages without a
    helpline the list is empty; if no page has any, the result is."""
    wanted = {page.pk: chosen for page in pages if (chosen := list(_chosen(page)))}
    if not wanted:
        return {}
    rows = list(Helpline.objects.order_by("-is_primary", "pk"))
    found = {}
    for page in pages:
        with translation.override(LocaleCodes.code(page.locale_id)):
            helplines = Helplines(rows)
            cards = [helplines.get(pk) for pk in wanted.get(page.pk, ())]
            texts = [text for card in filter(None, cards) for text in _texts(card)]
            found[page.pk] = list(dict.fromkeys(texts))
    return found


def keys_with_helplines() -> set[UUID]:
    """Return the translation keys of the home pages, and of the pages whose body has a block with a helpline."""
    keys = set(Page.objects.filter(depth=HOME_DEPTH).order_by().values_list("translation_key", flat=True))
    for model in apps.get_models():
        if issubclass(model, Page) and any(isinstance(each, StreamField) for each in model._meta.fields):
            rows = model._base_manager.order_by().annotate(raw=Cast("body", TextField()))
            keys |= set(rows.filter(Q(raw__contains='"helpline"')).values_list("translation_key", flat=True))
    return keys


def _chosen(page: Page) -> Iterable[int | None]:
    """Yield the primary keys of the helplines on a page; None stands for the primary helpline, which home pages
    show."""
    if page.depth == HOME_DEPTH:
        yield None
    body = getattr(page, "body", None)
    for block in body.raw_data if body else ():
        if block["type"] == "helpline":
            yield block["value"].get("helpline")


def _texts(card: HelplineCard) -> list[str]:
    note = [card.note.text] if card.note else []
    return [card.name.text, card.number, *card.hours, card.languages, *note]
