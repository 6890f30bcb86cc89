"""Checks and conversions of environment variables. Each check raises ValidationError with a message that says how
to correct the value."""

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from environs import ValidationError

BUCKET_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
ENGINES = {
    "django.db.backends.postgresql": "core.outages.postgresql",
    "django.db.backends.sqlite3": "django.db.backends.sqlite3",
}
"""The database engine that is used, by the engine that dj_database_url returns."""


def refuse(findings: Mapping[str, str]) -> NoReturn:
    """End the process with an error of one line that names all findings by variable, and status 1."""
    lines = " ".join(f"{name}: {finding}" for name, finding in sorted(findings.items()))
    sys.exit(f"The site does not start until its environment is mended. {lines}")


def strong(secret: str) -> None:
    """Raise ValidationError if a secret key is weak, by the same rule as Django's check security.W009."""
    if len(secret) < 50 or len(set(secret)) < 5 or secret.startswith("django-insecure-"):
        raise ValidationError("Must be at least 50 random characters.")


def named(hosts: list[str]) -> None:
    """Raise ValidationError if ALLOWED_HOSTS names no hosts, an empty one or "*"."""
    if not hosts or not all(hosts) or "*" in hosts:
        raise ValidationError("Must name the hosts, separated by commas.")


def address(*schemes: str, without_host: str = "") -> Callable[[str], None]:
    """Return a check that raises ValidationError for an address without one of `schemes`, or without a host name
    or with port 0. `without_host` is a scheme that needs no host name."""

    def check(url: str) -> None:
        try:
            parts = urlsplit(url)
            host = parts.hostname if parts.port != 0 else None
        except ValueError:
            raise ValidationError("Is not a valid address.") from None
        if parts.scheme not in schemes:
            raise ValidationError(f"Must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
        if not host and parts.scheme != without_host:
            raise ValidationError(f"Must name a host: {parts.scheme}://…")

    return check


def mail(url: str) -> None:
    """Raise ValidationError if the address of a mail server is not such as smtp://user:password@host:587 or
    dummy://."""
    address("smtp", "submission", "dummy", without_host="dummy")(url)
    try:
        dj_email_url.parse(url)
    except ValueError:
        raise ValidationError("Has an invalid option.") from None


def database(url: str) -> dict[str, Any]:
    """Return the entry of DATABASES for an address. Raise ValidationError for any but PostgreSQL and SQLite, and
    if no database is named."""
    settings: Mapping[str, Any]
    try:
        settings = dj_database_url.parse(url, conn_max_age=60)
    except ValueError:
        settings = {}
    if settings.get("ENGINE") not in ENGINES or not settings["NAME"]:
        raise ValidationError("Must be postgres://user:password@host/name or sqlite:///path.")
    return {**settings, "ENGINE": ENGINES[settings["ENGINE"]]}


def not_negative(number: int) -> None:
    if number < 0:
        raise ValidationError("Must be 0 or more.")


def bucket(name: str) -> None:
    """Raise ValidationError if the value is neither the name of an S3 bucket nor empty."""
    if name and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name):
        raise ValidationError("Must be a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens.")


def region(name: str) -> None:
    """Raise ValidationError if the value is neither such as the region of a bucket (lower-case letters, digits,
    hyphens) nor empty."""
    if name and not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValidationError("Must be a region, for example eu-central-1, or empty.")


def half_keys(environ: Mapping[str, str]) -> dict[str, str]:
    """Return a finding by the name of the missing variable if MEDIA_BUCKET and only one of the two keys of the
    bucket are set, else nothing. boto3 would then look for both elsewhere, or fail at the first upload."""
    missing = [name for name in BUCKET_KEYS if not environ.get(name)]
    if not environ.get("MEDIA_BUCKET") or len(missing) != 1:
        return {}
    (other,) = set(BUCKET_KEYS) - set(missing)
    return {missing[0]: f"Must be set as well, or {other} be empty."}


def media_storage(name: str, endpoint: str | None = "", region: str = "") -> dict[str, Any]:
    """Return the entry of STORAGES for media files in the bucket `name`; without `endpoint` and `region` boto3's
    defaults apply. boto3 reads the keys from the environment itself."""
    options = {"bucket_name": name, "endpoint_url": endpoint or None, "region_name": region or None}
    return {"BACKEND": "core.media.bucket.BucketStorage", "OPTIONS": options}


def contact(uri: str) -> None:
    """Raise ValidationError if SECURITY_CONTACT is neither mailto:name@host nor https://… nor empty."""
    if uri and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://\S+", uri):
        raise ValidationError("Must be mailto:name@host or https://…, or empty.")


def rate(text: str) -> None:
    """Raise ValidationError if a rate is neither such as 300/min nor empty."""
    if text and not re.fullmatch(r"[1-9][0-9]*/(s|sec|second|min|minute|hour|day)", text):
        raise ValidationError("Must be a rate, for example 300/min or 5000/hour, or empty.")


def second_factor(admin_url: str, domain: str = "") -> dict[str, Any]:
    """Return the settings of django-otp and django-otp-webauthn by name. Passkeys are registered for `domain`, by
    default the host of the admin's address, and do not work for another one."""
    parts = urlsplit(admin_url)
    host = parts.hostname or ""
    return {
        "OTP_TOTP_ISSUER": host,
        "OTP_WEBAUTHN_RP_NAME": host,
        "OTP_WEBAUTHN_RP_ID": domain or host,
        "OTP_WEBAUTHN_ALLOWED_ORIGINS": [f"{parts.scheme}://{parts.netloc}"],
        "OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN": False,
    }


def log_level(name: str) -> None:
    if name not in LOG_LEVELS:
        raise ValidationError(f"Must be one of {', '.join(LOG_LEVELS)}.")


def log_format(name: str) -> None:
    if name not in LOG_FORMATS:
        raise ValidationError(f"Must be one of {', '.join(LOG_FORMATS)}.")


def long_enough(token: str) -> None:
    """Raise ValidationError if a token has fewer than 20 characters and is not empty."""
    if token and len(token) < 20:
        raise ValidationError("Must be at least 20 random characters.")


def logging_to_stderr(level: str, form: str = "text") -> dict[str, Any]:
    """Return the LOGGING setting for messages of at least this level, which gunicorn uses as well. `form` is
    "text" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "without_outages": {"()": "core.outages.logs.WithoutOutages"},
            "request_id": {"()": "core.logs.request_ids.RequestIdFilter"},
            "foreign_host": {"()": "core.logs.records.ForeignHost"},
            "once_per_minute": {"()": "core.logs.records.OncePerMinute"},
        },
        "formatters": {
            "text": {
                "()": "core.logs.records.TextFormatter",
                "format": "{asctime} {levelname} {name} {request_id} {message}",
                "style": "{",
            },
            "json": {"()": "core.logs.records.JsonLines"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["without_outages", "request_id", "foreign_host", "once_per_minute"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Logs the title of each saved object, which may name people. The history in the admin has the same
            # entries.
            "wagtail": {"level": "WARNING"},
            # Logs at the start of each process that its logging works.
            "pikepdf": {"level": "WARNING"},
            # Logs each attempt to reach a Sentry server that does not answer.
            "urllib3": {"level": "ERROR"},
            # Logs for each thread where it has found the keys of the bucket.
            "botocore": {"level": "WARNING"},
        },
    }
