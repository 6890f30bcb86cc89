"""Which picture stands for a page, and where it is kept: its name tells what it shows, so that another title is
another picture. It is made in the background when the page goes live; where it is not there yet its address
draws it and keeps nothing, for what a reader asks for never writes."""

import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import Page

from core.design.colours import ACCENTS, DEFAULT_ACCENT
from core.languages.site_languages import LocaleCodes, language
from core.media.storage import StorageAway
from core.seo.drawing import DRAWING, draw
from core.visibility import visible_pages

FOLDER = "share"
"""In the media storage. No row names what lies there."""


@dataclass(frozen=True)
class SharePicture:
    page: int
    title: str
    site_name: str
    code: str
    accent: str
    seed: str

    @property
    def digest(self) -> str:
        shown = {**asdict(self), "drawing": DRAWING}
        return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        return reverse("share_picture", args=[self.page, self.digest])

    @property
    def name(self) -> str:
        return f"{folder(self.page)}/{self.digest}.png"

    def draw(self) -> bytes:
        direction = language(self.code).dir
        return draw(self.title, self.site_name, self.code, direction, self.accent, self.seed)

    def content(self) -> bytes:
        try:
            with default_storage.open(self.name) as file:
                return file.read()
        except (FileNotFoundError, StorageAway):
            return self.draw()

    def keep(self) -> bool:
        """In place of the page's earlier ones; False where it was there already."""
        if default_storage.exists(self.name):
            return False
        forget(self.page)
        default_storage.save(self.name, ContentFile(self.draw()))
        return True


def folder(page: int) -> str:
    return f"{FOLDER}/{page}"


def forget(page: int) -> None:
    try:
        _folders, files = default_storage.listdir(folder(page))
    except FileNotFoundError:
        return
    for file in files:
        default_storage.delete(f"{folder(page)}/{file}")


def picture_of(page: Page, accent: str, site_name: str) -> SharePicture:
    """`page` may be of the base class. An accent that is none of the site's is the default one."""
    known = accent if accent in ACCENTS else DEFAULT_ACCENT
    return SharePicture(
        page.pk, page.title, site_name, LocaleCodes.code(page.locale_id), known, page.slug or "site"
    )


def looked_up(page: Page) -> SharePicture:
    """Of a specific page, with what its own page knows without asking (three queries at most)."""
    home = Page.objects.filter(path=page.path[: 2 * page.steplen]).first()
    return picture_of(page, page.share_accent(), home.title if home else "")


def shows_pictures(page: Page) -> bool:
    return hasattr(page, "share_accent")


def public_page(key: int) -> Page | None:
    page = visible_pages(Page.objects.filter(pk=key)).first()
    specific = page.specific if page else None
    return specific if shows_pictures(specific) else None


def keep_picture(key: int) -> list[int]:
    """Keep the picture of a page, or remove its file where it is not public. Return the pages whose pictures show
    something of this one that has changed."""
    page = public_page(key)
    if page is None:
        forget(key)
        return []
    return list(page.share_dependents()) if looked_up(page).keep() else []


def keep_pictures(keys: Iterable[int]) -> int:
    """Return how many were made, those included that show something of these. What is not public has none."""
    made, waiting = 0, deque(keys)
    while waiting:
        page = public_page(key := waiting.popleft())
        if page is None:
            forget(key)
        elif looked_up(page).keep():
            made += 1
            waiting.extend(page.share_dependents())
    return made
