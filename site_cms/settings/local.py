"""Settings for a single machine, also used by `make demo`: as in production, but over plain HTTP and without
anything to set up."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from . import environment
from .base import *


def secret_key(path: Path) -> str:
    """Return the secret key in a file, which is created with a random key, and its folder, if it is missing. The
    file gets its name when it is complete; if several processes create one at once, the first one wins."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:  # readable by its owner only
            file.write(secrets.token_urlsafe(50))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()


SECRET_KEY = secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{env.int('PORT', 8000)}"
# Passkeys need a host name, not an IP address: the admin has to be opened at http://localhost.
vars().update(environment.second_factor(f"http://localhost:{env.int('PORT', 8000)}"))
SECOND_FACTOR_REQUIRED = False

MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

# Requests are counted in files, which all workers share.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "reading": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
READING_CACHE = "reading"

LOGGING = environment.logging_to_stderr("WARNING")

SECURITY_CONTACT = "mailto:security@example.org"

DEMO = True
