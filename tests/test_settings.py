"""The settings as each environment reads them, in a process of its own: they act when they are imported."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from site_cms.settings import environment
from site_cms.settings.local import secret_key

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "SECRET_KEY": "".join(chr(code) for code in range(40, 100)),
    "ALLOWED_HOSTS": "www.example.org, example.org",
    "WAGTAILADMIN_BASE_URL": "https://www.example.org",
    "EMAIL_URL": "submission://desk:word@mail.example.org",
}
SEEN_FROM_OUTSIDE = """
import django, json, sys
django.setup()
from django.conf import settings
from django.test import Client

client = Client(headers={"host": "www.example.org"})
print(json.dumps({
    "plain": [(found := client.get("/en/")).status_code, dict(found.headers)],
    "health": client.get("/healthz").status_code,
    "secure": dict(client.get("/healthz", headers={"x-forwarded-proto": "https"}).headers),
    "stranger": client.get("/healthz", headers={"host": "elsewhere.example"}).status_code,
    "settings": {name: getattr(settings, name) for name in sys.argv[1:]},
}))
"""

SETTINGS_ALONE = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def start(*command: str, **environment: str | None) -> subprocess.Popen[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {name: value for name, value in {**COMPLETE, **environment}.items() if value is not None}
    settings = {"DJANGO_SETTINGS_MODULE": "site_cms.settings.production", "DATABASE_URL": "sqlite://:memory:"}
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, **settings, **given},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*command: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    process = start(*command, **environment)
    output, errors = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


@pytest.fixture(scope="module")
def deployed() -> dict[str, Any]:
    names = (
        "DEBUG",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
        "SESSION_COOKIE_HTTPONLY",
        "CACHES",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "DEFAULT_FROM_EMAIL",
        "INDEXED",
        "PUBLIC_BASE_URL",
        "STORAGES",
    )
    done = run("-c", SEEN_FROM_OUTSIDE, *names, CACHE_URL="redis://cache:6379/0")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production__passes_the_deployment_checks():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", COMPLETE)
def test_production__refuses_to_start_without(name: str):
    done = run("manage.py", "check", **{name: None})

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"{name}: Environment variable not set." in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + COMPLETE["SECRET_KEY"]),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", ""),
        ("WAGTAILADMIN_BASE_URL", "http://www.example.org"),
        ("WAGTAILADMIN_BASE_URL", "https://"),
        ("WAGTAILADMIN_BASE_URL", "https://[www.example.org"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "submission://user:word@"),
        ("EMAIL_URL", "smtp://mail.example.org:post"),
        ("EMAIL_URL", "smtp://mail.example.org?timeout=long"),
        ("CACHE_URL", "memcached://cache"),
        ("CACHE_URL", "redis://"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "the database"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "postgres://site@database:port/site"),
        ("DATABASE_URL", "mysql://site@database/site"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_LEVEL", ""),
        ("LOG_FORMAT", "xml"),
        ("SENTRY_DSN", "sentry"),
        ("HEALTH_TOKEN", "short"),
        ("METRICS", "so"),
        ("HSTS_SECONDS", "a year"),
        ("INDEXED", "perhaps"),
        ("PROXIES", "-1"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("API_RATE", "often"),
        ("SEARCH_RATE", "0/min"),
        ("PUBLIC_BASE_URL", "http://www.example.org"),
        ("MEDIA_BUCKET", "s3://files"),
        ("MEDIA_BUCKET", "Files"),
        ("MEDIA_ENDPOINT", "http://storage.example.org"),
        ("MEDIA_ENDPOINT", "storage.example.org"),
        ("MEDIA_REGION", "eu central"),
    ],
)
def test_production__refuses_to_start_with_a_weak(name: str, value: str):
    done = run("manage.py", "check", **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"The site does not start until its environment is mended. {name}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("given", environment.BUCKET_KEYS)
@pytest.mark.parametrize("other", [None, ""])
def test_production__refuses_half_of_the_keys_of_a_bucket(given: str, other: str | None):
    (missing,) = set(environment.BUCKET_KEYS) - {given}
    done = run("manage.py", "check", **{"MEDIA_BUCKET": "files", given: "half", missing: other})

    assert done.returncode == 1
    assert f"{missing}: Must be set as well, or {given} be empty." in done.stderr


@pytest.mark.parametrize("keys", [{}, dict.fromkeys(environment.BUCKET_KEYS, "given")])
def test_production__takes_both_keys_of_a_bucket_or_none(keys: dict[str, str]):
    done = run("manage.py", "check", MEDIA_BUCKET="files", **keys)

    assert done.returncode == 0, done.stderr


def test_production__names_all_that_is_missing_at_once():
    done = run("manage.py", "check", SECRET_KEY=None, EMAIL_URL=None)

    assert "SECRET_KEY: " in done.stderr
    assert "EMAIL_URL: " in done.stderr


def test_production__sends_readers_to_https_but_not_the_health_check(deployed: dict[str, Any]):
    status, headers = deployed["plain"]

    assert (status, headers["Location"]) == (301, "https://www.example.org/en/")
    assert deployed["health"] == 200


def test_production__sends_the_headers_that_keep_a_reader_safe(deployed: dict[str, Any]):
    headers = deployed["secure"]

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_production__answers_to_its_own_names_alone(deployed: dict[str, Any]):
    assert deployed["stranger"] == 400


def test_production__keeps_cookies_to_https_and_shows_no_debugging(deployed: dict[str, Any]):
    settings = deployed["settings"]

    assert settings["DEBUG"] is False
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_HTTPONLY"]
    assert settings["SESSION_COOKIE_HTTPONLY"]


def test_production__takes_cache_and_mail_from_the_environment(deployed: dict[str, Any]):
    settings = deployed["settings"]

    assert settings["CACHES"]["default"] == {
        "BACKEND": "core.outages.cache.RedisCache",
        "LOCATION": "redis://cache:6379/0",
        "KEY_PREFIX": "site",
    }
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == (
        "mail.example.org",
        587,
        True,
    )
    assert settings["DEFAULT_FROM_EMAIL"] == "noreply@www.example.org"


def test_production__is_listed_and_known_by_where_editors_work_unless_it_is_said(deployed: dict[str, Any]):
    assert deployed["settings"]["INDEXED"] is True
    assert deployed["settings"]["PUBLIC_BASE_URL"] == "https://www.example.org"

    names = ("INDEXED", "PUBLIC_BASE_URL")
    done = run("-c", SETTINGS_ALONE, *names, INDEXED="false", PUBLIC_BASE_URL="https://example.org/")
    assert json.loads(done.stdout) == {"INDEXED": False, "PUBLIC_BASE_URL": "https://example.org"}


def test_production__stores_files_in_a_bucket_where_one_is_named(deployed: dict[str, Any]):
    assert deployed["settings"]["STORAGES"]["default"] == {"BACKEND": "core.media.storage.ReservingStorage"}

    given = {"MEDIA_BUCKET": "files", "MEDIA_ENDPOINT": "https://storage.example.org", "MEDIA_REGION": "eu-1"}
    done = run("-c", SETTINGS_ALONE, "STORAGES", **given)
    assert json.loads(done.stdout)["STORAGES"]["default"] == {
        "BACKEND": "core.media.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": "files",
            "endpoint_url": "https://storage.example.org",
            "region_name": "eu-1",
        },
    }


def test_local__makes_its_secret_once_and_for_its_owner_alone(tmp_path: Path):
    path = tmp_path / "var" / "secret-key"

    key = secret_key(path)

    assert len(key) >= 50
    assert secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_local__leaves_nothing_beside_its_secret(tmp_path: Path):
    key = secret_key(tmp_path / "secret-key")

    assert len(key) >= 50
    assert [each.name for each in tmp_path.iterdir()] == ["secret-key"]


def test_admin__speaks_the_languages_of_the_site():
    assert django_settings.WAGTAILADMIN_PERMITTED_LANGUAGES == django_settings.LANGUAGES
