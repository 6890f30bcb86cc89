"""The images and categories of feed entries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from campaigns.models import CampaignPage, NewsCampaign, NewsPage, NewsTopic, Topic
from core.http.origin import absolute
from core.languages.site_languages import active_code
from core.media.renditions import load_pictures, sources
from core.typed import Translatable
from core.visibility import best_by_key, private_keys, seen

FORMAT = "jpeg"
"""An image format that every feed reader can show."""


@dataclass(frozen=True)
class EntryImage:
    """The image of an entry, with its size in pixels."""

    url: str
    width: int
    height: int
    type: str = "image/jpeg"


def images_of(stories: Collection[NewsPage], request: HttpRequest) -> dict[int, EntryImage]:
    """Return by the primary key of each story the widest JPEG rendition of its lead image. Stories without an
    image, without consent for it or without such a rendition are missing."""
    shown = {story.pk: story.lead_image for story in stories if story.lead_image}
    load_pictures(shown.values())
    found = {}
    for pk, image in shown.items():
        made = sources(image).get(FORMAT) if image.consent_holds() else None
        if made:
            found[pk] = EntryImage(absolute(request, made[-1].url), made[-1].width, made[-1].height)
    return found


def categories_of(stories: Collection[NewsPage], request: HttpRequest) -> dict[int, list[str]]:
    """Return by the primary key of each story the names of its live topics and then of its public campaigns, each
    in the best language for readers of the active one and once. Stories without any are missing."""
    topics = seen(Topic.objects.order_by())
    campaigns = seen(CampaignPage.objects.order_by(), private=private_keys(request))
    found: dict[int, list[str]] = defaultdict(list)
    for ties, field, rows in ((NewsTopic, "topic", topics), (NewsCampaign, "campaign", campaigns)):
        tied = ties.objects.filter(page__in=stories).order_by("sort_order", "pk")
        keys = list(tied.values_list("page_id", f"{field}__translation_key"))
        names = _names(best_by_key(rows.filter(translation_key__in={key for _pk, key in keys}), active_code()))
        for pk, key in keys:
            if key in names and names[key] not in found[pk]:
                found[pk].append(names[key])
    return found


def _names(rows: Mapping[UUID, Translatable]) -> dict[UUID, str]:
    return {key: str(getattr(row, "title", row)) for key, row in rows.items()}
