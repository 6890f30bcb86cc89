"""Every address and action of the admin × every role, as `tests.admin_matrix` has it."""

from http.cookies import SimpleCookie

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import APIToken
from wagtail.snippets.models import get_snippet_models

from core.publishing.admin_api import GatedPagesViewSet
from tests import factories
from tests.admin_matrix import API_ACTIONS, BULK_ACTIONS, GROUPS, OWN, Row, rows_for
from tests.admin_urls import Address, Ground, addresses, make_ground, tried
from tests.scenes import scene
from tests.typed import Response
from translation.lifecycle.questions import FIELD, ONLY_THIS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_refusals"), pytest.mark.long]

# What the languages of an object are tried on; the others' own language shows the same as these.
PLACES = {**dict.fromkeys("RT", ("en", "ru", "tg")), "E": ("en", "ru"), **dict.fromkeys("PV", ("ru",))}

OF_QUOTES = {"speakers"}
"""Names of addresses of the chooser of quotes alone, which is tried."""


@scene
def people(db) -> dict[str, User]:
    named = {role: factories.UserFactory(groups=[group]) for role, group in GROUPS.items()}
    return {**named, "S": factories.UserFactory(is_superuser=True)}


@scene
def ground(site, people) -> Ground:
    return make_ground(site, people)


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def opens(client: Client, method: str, url: str) -> bool:
    """Whether more than a refusal came back. Nothing stays of what was done, nor of a log-out."""
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        response = client.generic(method, url)
        refused = is_refusal(response)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return not refused


def is_refusal(response: Response) -> bool:
    if response.status_code in (401, 403, 404, 405):
        return True
    if response.status_code != 302:
        return False
    if response.headers["Location"].startswith(reverse("wagtailadmin_login") + "?"):
        return True
    said = " ".join(map(str, get_messages(response.wsgi_request)))
    return response.headers["Location"] == reverse("wagtailadmin_home") and "you do not have permission" in said


def places_of(role: str, address: Address, row: Row) -> tuple[str, ...]:
    places = PLACES.get(role, ("en",)) if row.by_language and address.arguments else ("en",)
    if "translation_id" in address.arguments:
        places = ("ru", "tg") if role in OWN.values() else ("ru",)
    if row.who is None:
        places = ()
    return places if row.submitted is None else (*places, "submitted ru")


def differences(ground: Ground, role: str, address: Address, row: Row, client: Client) -> list[str]:
    return [
        f"{row.method} {address.name} ({place}): {'opens' if opened else 'is refused'}"
        for place in places_of(role, address, row)
        if (opened := opens(client, row.method, ground.url(address, place))) is not row.allows(role, place)
    ]


def test_every_address__has_a_row():
    missing = sorted({each.name for each in addresses() if not rows_for(each.name)})

    assert missing == [], "Say in tests/admin_matrix.py who may open these."


def test_every_kind_of_snippet__has_the_same_addresses() -> None:
    found: dict[str, set[str]] = {}
    for address in addresses():
        namespace, _colon, name = address.name.partition(":")
        if namespace.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
            found.setdefault(namespace, set()).add(name)

    assert len(found) == 18
    for start in ("wagtailsnippets_", "wagtailsnippetchoosers_"):
        assert (
            len({frozenset(names - OF_QUOTES) for space, names in found.items() if space.startswith(start)}) == 1
        )


@pytest.mark.parametrize("role", ["A", *GROUPS, "S"])
def test_matrix__of_addresses(ground, people, role):
    client = client_of(people.get(role))

    found = [
        difference
        for address in addresses()
        if tried(address)
        for row in rows_for(address.name)
        for difference in differences(ground, role, address, row, client)
    ]

    assert "\n".join(found) == ""


@pytest.mark.parametrize("role", ["P", "V", "S"])
def test_matrix__of_a_password_without_its_second_factor(ground, people, settings, role):
    """Opens what is open to whoever has not logged in, but for the log-in, which leads to the second factor."""
    settings.SECOND_FACTOR_REQUIRED = True
    client = client_of(people[role])

    found = [
        difference
        for address in addresses()
        if tried(address) and not address.name.startswith("second_factor:")
        for row in rows_for(address.name)
        for difference in differences(ground, "A", address, row, client)
    ]

    assert found == []
    assert client.get(reverse("wagtailadmin_login")).url == reverse("second_factor:verify")


def test_matrix__of_actions_of_the_admin_api(ground, people):
    found = {
        (action, role, place)
        for role, user in people.items()
        for place in PLACES.get(role, ("en",))
        for action in GatedPagesViewSet.actions
        if is_done(client_of(user), ground, place, action)
    }

    assert set(GatedPagesViewSet.actions) == set(API_ACTIONS)
    assert found == {
        (action, role, place)
        for action, who in API_ACTIONS.items()
        for role in who
        for place in PLACES.get(role, ("en",))
    }


def is_done(client: Client, ground: Ground, place: str, action: str) -> bool:
    """An action looks at what it is sent before it asks for the right."""
    page = ground.pages[place]
    data = {
        "copy": {"slug": "a-copy", "keep_live": "false"},
        "copy_for_translation": {"locale": "tg"},
        "move": {"destination_page_id": page.get_parent().pk, "position": "last-child", FIELD: ONLY_THIS},
        "delete": {FIELD: ONLY_THIS},
        "unpublish": {FIELD: ONLY_THIS},
        "revert_to_page_revision": {"revision_id": page.latest_revision_id},
    }
    with transaction.atomic():
        response = client.post(f"/admin/api/main/pages/{page.pk}/action/{action}/", data.get(action, {}))
        transaction.set_rollback(True)
    return response.status_code < 300


def test_matrix__of_actions_in_bulk(ground, people):
    bulk_action_registry._scan_for_bulk_actions()
    pieces = {model._meta.label_lower for model in get_snippet_models()} - {"campaigns.quote"}
    actions = {
        f"{app}.{model}.{action}"
        for app, models in bulk_action_registry.actions.items()
        for model, by_name in models.items()
        for action in by_name
        if f"{app}.{model}" not in pieces
    }
    found = {
        (action, role)
        for role, user in people.items()
        for action in actions
        if may_in_bulk(client_of(user), ground, action)
    }

    assert actions == set(BULK_ACTIONS)
    assert found == {(action, role) for action, who in BULK_ACTIONS.items() for role in who}


def may_in_bulk(client: Client, ground: Ground, name: str) -> bool:
    # What is a translation itself is not sent.
    place = "en" if name.endswith(".send_for_translation") else "ru"
    things = {
        "page": ground.pages[place].pk,
        "quote": ground.quotes[place].pk,
        "siteimage": ground.others["image_id"],
        "document": ground.others["document_id"],
        "user": ground.people["T"].pk,
    }
    app, model, action = name.split(".")
    url = reverse("wagtail_bulk_action", args=[app, model, action])
    response = client.get(f"{url}?id={things[model]}")
    if is_refusal(response):
        return False
    return response.status_code == 302 or bool(response.context["items"])


def test_api_v3__lets_no_translator_change_anything(ground, people, settings):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    _token, key = APIToken.create_token(user=people["R"], name="t")
    client = Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=False)
    targets = [each for each in addresses("api/v3/") if set(each.arguments) <= {"page_id", "revision_id"}]

    answers = {
        (url, method): client.generic(method, url, "{}", "application/json").status_code
        for url in (ground.url(each, "ru") for each in targets)
        for method in ("POST", "PUT", "PATCH", "DELETE")
    }

    assert any("delete" in url for url, _method in answers)
    # What only describes the API knows no such method, whoever asks.
    described = {"/api/v3/", "/api/v3/docs/", "/api/v3/openapi.json"}
    assert {(url, answer) for (url, _method), answer in answers.items() if answer != 403} == {
        (url, 405) for url in described
    }
