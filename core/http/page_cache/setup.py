"""Setting up of the page cache of a web server."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from core.http.page_cache.store import MB, Store
from core.http.page_cache.wsgi import Application, PageCache
from core.stamps.redis import Follower
from core.stamps.stamping import stamp_file

logger = logging.getLogger(__name__)

_CODE = ("*.py", "*.html", "*.mo", "staticfiles.json")
_APPS = ("campaigns", "core", "home", "search", "site_cms", "templates", "translation")
_SETTINGS = ("PUBLIC_BASE_URL", "INDEXED", "LANGUAGES", "LANGUAGE_FALLBACKS", "TIME_ZONE", "MEDIA_URL", "DEMO")
"""Settings that public pages depend on."""


def with_page_cache(application: Application, count: Callable[[str], object] = lambda how: None) -> Application:
    """Return the application behind the page cache; the application itself if PAGE_CACHE is empty or its folder
    cannot be used. `count` is called with how each stored response was found, as in Cache-Status."""
    if not settings.PAGE_CACHE:
        return application
    try:
        store = Store(
            Path(settings.PAGE_CACHE),
            release(),
            memory=settings.PAGE_CACHE_MEMORY_MB * MB,
            disk=settings.PAGE_CACHE_DISK_MB * MB,
        )
        follower = Follower(settings.STAMPS_URL, stamp_file()) if settings.STAMPS_URL else None
        return PageCache(application, store, stamp_file(), follower, count)
    except OSError as error:
        logger.error("Pages are not cached: %s", error)
        return application


def release() -> str:
    """Return a digest of the code, the templates, the texts, the static files and the settings that pages depend
    on: what another release has stored is not used."""
    digest = hashlib.sha256()
    folders = [*(settings.BASE_DIR / app for app in _APPS), Path(settings.STATIC_ROOT)]
    for path in sorted(path for folder in folders for pattern in _CODE for path in folder.rglob(pattern)):
        stat = path.stat()
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for name in _SETTINGS:
        digest.update(f"{name}={getattr(settings, name)!r}\n".encode())
    return digest.hexdigest()
