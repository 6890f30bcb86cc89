import pytest
from django.test import Client


def policy(path: str) -> dict[str, str]:
    header = Client().get(path)["Content-Security-Policy"]
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in header.split(";"))}


@pytest.mark.django_db
def test_policy__of_public_pages_permits_our_own_files_only():
    found = policy("/en/nowhere/")

    assert found["default-src"] == "'none'"
    assert {source for name, source in found.items() if name.endswith("-src")} == {"'none'", "'self'"}
    assert found["object-src"] == found["base-uri"] == "'none'"
    assert found["form-action"] == found["frame-ancestors"] == "'self'"


@pytest.mark.django_db
def test_policy__of_the_admin_permits_what_its_screens_need_but_no_other_host():
    found = policy("/admin/login/")

    assert found["script-src"] == "'self' 'unsafe-inline'"
    assert set(" ".join(found.values()).split()) == {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


@pytest.mark.django_db
def test_policy__of_the_admin_ends_at_its_path():
    assert policy("/administration/")["default-src"] == "'none'"
