"""WSGI application, started by gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.production")

application = get_wsgi_application()

from core.health.metrics import count_stored  # noqa: E402 - needs the apps
from core.http.page_cache.setup import with_page_cache  # noqa: E402 - needs the apps
from core.outages.postgresql import watch  # noqa: E402
from core.warm_up import warm_up  # noqa: E402

warm_up()
watch.start(gives_up=True)
application = with_page_cache(application, *([count_stored] if settings.METRICS else []))  # type: ignore[assignment]  # any WSGI application
