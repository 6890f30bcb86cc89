"""What translators, reviewers and coordinators meet in the admin is translated into every language of the
interface, texts of the libraries included: `site_cms/library_locale` has those that their own catalogues lack."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.users.models import UserProfile

from tests import factories
from tests.admin_matrix import GROUPS, rows_for
from tests.admin_urls import Ground, addresses, make_ground, tried
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_refusals"), pytest.mark.long]

CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Who may open the most of each kind of work.
ROLES = "PVR"
LEAVING = {"second_factor:leave", "wagtailadmin_logout"}
LETTERS = re.compile(r"[a-z]{2}", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
THE_SAME_EVERYWHERE = {"URL"}

Message = str | tuple[str, ...]
"""With its context before it, as in a catalogue; two texts where it has a plural."""


@scene
def people(db) -> dict[str, User]:
    named = {role: factories.UserFactory(groups=[group]) for role, group in GROUPS.items()}
    for user in named.values():
        UserProfile.objects.create(user=user, preferred_language="tg")
    return {**named, "S": factories.UserFactory(is_superuser=True)}


@scene
def ground(site, people) -> Ground:
    return make_ground(site, people)


@pytest.fixture
def looked_up(monkeypatch) -> set[Message]:
    """Every text that is looked up in the catalogue of Tajik."""
    found: set[Message] = set()
    catalogue = trans_real.translation("tg")
    monkeypatch.setattr(catalogue, "gettext", _noting(found, catalogue.gettext, 1))
    monkeypatch.setattr(catalogue, "ngettext", _noting(found, catalogue.ngettext, 2))
    return found


def _noting(found: set[Message], look_up: Callable[..., str], texts: int) -> Callable[..., str]:
    def noting(*arguments: Any) -> str:
        found.add(arguments[0] if texts == 1 else arguments[:texts])
        return look_up(*arguments)

    return noting


def open_everything(user: User, role: str, ground: Ground) -> None:
    """Open every address of the admin that is open to the role, forms with nothing in them. Nothing stays."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    for address in addresses():
        for row in rows_for(address.name):
            for place in ("ru", "submitted ru"):
                if row.allows(role, place) and tried(address) and address.name not in LEAVING:
                    with transaction.atomic():
                        client.generic(row.method, ground.url(address, place))
                        transaction.set_rollback(True)


def untranslated(messages: set[Message], code: str) -> Iterator[Message]:
    with translation.override(code):
        catalogue = trans_real.catalog()
        for message in messages - THE_SAME_EVERYWHERE:
            if isinstance(message, str):
                found, source = catalogue.gettext(message), message
            else:
                found, source = catalogue.ngettext(message[0], message[1], 2), message[1]
            words = PLACEHOLDER.sub("", found.rpartition("\x04")[2])
            if found == source and LETTERS.search(words):
                yield message


@pytest.mark.parametrize("role", ROLES)
def test_admin__is_translated(ground, people, looked_up, role):
    open_everything(people[role], role, ground)

    assert {"Actions", "Help"} <= looked_up
    missing = {code: sorted(untranslated(looked_up, code), key=str) for code in CODES}
    assert missing == {code: [] for code in CODES}, "Translate them in site_cms/library_locale."


@pytest.mark.parametrize(
    "address",
    [
        "/admin/localize/reports/translations/?target_locale=ru",
        "/admin/snippets/campaigns/quote/?locale=ru",
        "/admin/translation/glossary/",
    ],
)
def test_texts_that_libraries_do_not_translate__are_translated(ground, people, client, address):
    client.force_login(people["R"])

    # In the page, and in the data from which Wagtail's script draws the menus.
    found = re.findall(r'[>"]\s*([^<>"]+?)\s*["<]', html.unescape(client.get(address).text))

    assert "tg" in found
    assert {"Actions", "Home", "Source locale", "Target locale", "Translations", "Translations status"} & set(
        found
    ) == set()
    assert [words for words in found if words.startswith("What's new")] == []
