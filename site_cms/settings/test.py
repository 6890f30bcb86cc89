"""Settings for the tests."""

import os
import secrets
import tempfile
from pathlib import Path

from . import environment
from .base import *

SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, because the live server of the browser tests has several threads, and a database in memory has one
    # connection for all. It has the process id in its name, so that two runs at once do not share it.
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / f"site-cms-test-{os.getpid()}.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"

STAMPS = str(Path(tempfile.gettempdir()) / f"site-cms-stamps-{os.getpid()}")
PAGE_CACHE = ""

SECOND_FACTOR_REQUIRED = False
vars().update(environment.second_factor(WAGTAILADMIN_BASE_URL))
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Static files are served from their sources: compressing them takes longer than the tests.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

DEMO = True
