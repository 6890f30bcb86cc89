"""The share pictures of pages and their files. The name of a file is a digest of what the picture shows, so that a
changed title makes another file. Files are made in the background when a page goes live. Until then the view draws
the picture without storing it, as requests of readers never write."""

import datetime
import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from core.design.colours import ACCENTS, DEFAULT_ACCENT
from core.languages.site_languages import LocaleCodes, language
from core.media.storage import SHARE_PICTURES, StorageAway
from core.media.views import LARGEST_KEY
from core.prepared import Prepared
from core.seo.drawing import DRAWING, draw
from core.visibility import Viewpoint, visible_pages


@dataclass(frozen=True)
class SharePicture:
    """A share picture by its contents. `page` is the primary key of the page."""

    page: int
    title: str
    site_name: str
    code: str
    accent: str
    seed: str

    @property
    def digest(self) -> str:
        """Return a digest, 16 hexadecimal digits, of all that the picture shows and of the version of the
        drawing."""
        shown = {**asdict(self), "drawing": DRAWING}
        return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        return reverse("share_picture", args=[self.page, self.digest])

    @property
    def name(self) -> str:
        """Return the name of the file in the media storage."""
        return f"{folder(self.page)}/{self.digest}.png"

    def draw(self) -> bytes:
        """Return the picture as PNG, without storing it."""
        direction = language(self.code).dir
        return draw(self.title, self.site_name, self.code, direction, self.accent, self.seed)

    def content(self) -> bytes:
        """Return the stored file as PNG, or draw the picture, without storing it, if it is not stored or the
        storage does not answer."""
        try:
            with default_storage.open(self.name) as file:
                return file.read()
        except (FileNotFoundError, StorageAway):
            return self.draw()

    def keep(self) -> bool:
        """Store the picture in place of the page's earlier ones, and return True. Return False if it was stored
        already."""
        if default_storage.exists(self.name):
            return False
        forget(self.page)
        default_storage.save(self.name, ContentFile(self.draw()))
        return True


def folder(page: int) -> str:
    return f"{SHARE_PICTURES}/{page}"


def forget(page: int) -> None:
    """Delete the stored share pictures of a page, given by its primary key."""
    try:
        _folders, files = default_storage.listdir(folder(page))
    except FileNotFoundError:
        return
    for file in files:
        default_storage.delete(f"{folder(page)}/{file}")


def picture_of(page: Page, accent: str, site_name: str) -> SharePicture:
    """Return the share picture of a page, which may be of the base class Page; nothing is drawn. An unknown accent
    is replaced by the default one."""
    known = accent if accent in ACCENTS else DEFAULT_ACCENT
    return SharePicture(
        page.pk, page.title, site_name, LocaleCodes.code(page.locale_id), known, page.slug or "site"
    )


def looked_up(page: Page) -> SharePicture:
    """Return the share picture of a specific page, looking up its accent and the title of its home page (three
    queries at most); nothing is drawn."""
    home = Page.objects.filter(path=page.path[: 2 * page.steplen]).first()
    return picture_of(page, page.share_accent(), home.title if home else "")


def shows_pictures(page: Page) -> bool:
    """Return whether pages of this type have share pictures."""
    return hasattr(page, "share_accent")


def public_page(key: int) -> Page | None:
    """Return the specific page with this primary key if it is visible to readers and has a share picture;
    otherwise None."""
    if key > LARGEST_KEY:
        return None
    page = next(iter(_public.rows(key=key, now=timezone.now())), None)
    specific = page.specific if page else None
    return specific if shows_pictures(specific) else None


def _build_public(key: int, now: datetime.datetime) -> QuerySet[Any]:
    return visible_pages(Page.objects.filter(pk=key), Viewpoint(now=now)).order_by()


_public = Prepared(_build_public, key=-1, now=datetime.datetime(2000, 1, 1, 1, 1, 1, 1, datetime.UTC))


def keep_picture(key: int) -> list[int]:
    """Store the picture of the page with this primary key, or delete its files if it is not public. If the picture
    has changed, return the primary keys of the pages whose pictures depend on this page, else an empty list."""
    page = public_page(key)
    if page is None:
        forget(key)
        return []
    return list(page.share_dependents()) if looked_up(page).keep() else []


def keep_pictures(keys: Iterable[int]) -> int:
    """Store the pictures of the pages with these primary keys, and, where one has changed, those of pages that
    depend on it; delete those of pages that are not public. Return how many pictures were made."""
    made, waiting = 0, deque(keys)
    while waiting:
        page = public_page(key := waiting.popleft())
        if page is None:
            forget(key)
        elif looked_up(page).keep():
            made += 1
            waiting.extend(page.share_dependents())
    return made
