"""Settings for a deployed site, read from the environment. The site does not start if a value is missing or
weak."""

import os
from urllib.parse import urlsplit

import dj_email_url
from environs import Env, EnvValidationError

from . import environment
from .base import *

env = Env(eager=False)

SECRET_KEY = env.str("SECRET_KEY", validate=environment.strong)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", subcast=str.strip, validate=environment.named)
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", validate=environment.address("https"))
_public_base_url = env.str("PUBLIC_BASE_URL", None, validate=environment.address("https"))
EMAIL_URL = env.str("EMAIL_URL", validate=environment.mail)
MAIL_FROM = env.str("DEFAULT_FROM_EMAIL", None)
CACHE_URL = env.str("CACHE_URL", None, validate=environment.address("redis", "rediss"))
STAMPS_URL = env.str("STAMPS_URL", "", validate=environment.address("redis", "rediss"))
CDN_PURGE_URL = env.str("CDN_PURGE_URL", "", validate=environment.address("https"))
CDN_PURGE_TOKEN = env.str("CDN_PURGE_TOKEN", "")
MEDIA_BUCKET = env.str("MEDIA_BUCKET", "", validate=environment.bucket)
MEDIA_ENDPOINT = env.str("MEDIA_ENDPOINT", None, validate=environment.address("https"))
MEDIA_REGION = env.str("MEDIA_REGION", "", validate=environment.region)
PROXIES = env.int("PROXIES", 1, validate=environment.not_negative)
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "", validate=environment.contact)
API_RATE = env.str("API_RATE", API_RATE, validate=environment.rate)
SEARCH_RATE = env.str("SEARCH_RATE", SEARCH_RATE, validate=environment.rate)
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=environment.log_level)
LOG_FORMAT = env.str("LOG_FORMAT", "text", validate=environment.log_format)
HEALTH_TOKEN = env.str("HEALTH_TOKEN", "", validate=environment.long_enough)
METRICS = env.bool("METRICS", False)
X_ACCEL_REDIRECT = env.bool("X_ACCEL_REDIRECT", False)
SENTRY_DSN = env.str("SENTRY_DSN", None, validate=environment.address("http", "https"))
INDEXED = env.bool("INDEXED", True)
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", True)
PASSKEY_DOMAIN = env.str("PASSKEY_DOMAIN", "")
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", True)

findings = environment.half_keys(os.environ)
try:
    env.seal()
except EnvValidationError as error:
    errors = error.error_messages.items()  # type: ignore[union-attr]  # seal() collects a mapping, never a list
    findings |= {name: messages[0] for name, messages in errors}
if findings:
    environment.refuse(findings)

vars().update(environment.second_factor(WAGTAILADMIN_BASE_URL, PASSKEY_DOMAIN))
# By default readers use the same origin as editors.
PUBLIC_BASE_URL = (_public_base_url or WAGTAILADMIN_BASE_URL).rstrip("/")
# EMAIL_URL describes the delivery behind the queue of mails. Options that it does not contain stay as in base.py.
MAIL = {name: value for name, value in dj_email_url.parse(EMAIL_URL).items() if value is not None}
MAIL_DELIVERY_BACKEND = MAIL.pop("EMAIL_BACKEND")
vars().update(MAIL)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM or f"noreply@{urlsplit(WAGTAILADMIN_BASE_URL).hostname}"
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if CACHE_URL:
    CACHES = {
        "default": {"BACKEND": "core.outages.cache.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "site"},
    }
if MEDIA_BUCKET:
    STORAGES["default"] = environment.media_storage(MEDIA_BUCKET, MEDIA_ENDPOINT, MEDIA_REGION)

# TLS ends at a proxy, which must set this header itself and drop one that a client sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# The HSTS preload list of browsers is for whole domains, and the owner of the domain decides about it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

LOGGING = environment.logging_to_stderr(LOG_LEVEL, LOG_FORMAT)
if METRICS:
    MIDDLEWARE.insert(1, "core.health.metrics.MetricsMiddleware")
if SENTRY_DSN:
    # Imported only if it is used, because it changes how Django handles requests.
    from core.logs.sentry import start_sentry

    start_sentry(SENTRY_DSN)
