"""The settings of production, for a server on this machine whose files stand in a folder of their own."""

import os
from pathlib import Path

from site_cms.settings.production import *

MEDIA_ROOT = Path(os.environ["STRESS_FOLDER"]) / "media"
# Static files straight from their sources: compressing them takes longer than the tests.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# The editors of these tests have a password alone.
SECOND_FACTOR_REQUIRED = False
# What a test asks must not run into the limit that keeps strangers from asking too often.
API_RATE = SEARCH_RATE = SUGGESTION_RATE = ""
# A browser talks to the server without the proxy that brings HTTPS.
if os.environ.get("STRESS_BROWSER"):
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
    WAGTAILADMIN_BASE_URL = WAGTAILADMIN_BASE_URL.replace("https:", "http:")
    MIDDLEWARE = ["tests.stress.latency.LatencyMiddleware", *MIDDLEWARE]
