"""Translators see what readers see and what was sent into their language, and nothing else of what is not public.

Every view of the admin that opens to a translator is read for words that stand in drafts, private pages and
withdrawn quotes only.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from tests import factories
from tests.admin_urls import Address, addresses
from tests.translating import edit_url, translation_into
from tests.translation.ground import Ground
from translation.units.segments import target_of

# Beginnings of titles and texts, which a search finds and which are no secrets themselves.
ASKED = (
    "",
    "?locale=en",
    *(f"?q={word}" for word in ("Picture", "Paper", "Gulnoz", "Story", "sold", "took")),
    "?search=Story",
)
LISTS = ("choose", "search", "list", "index", "board", "report")
BROWSED = ("wagtailadmin_choose_page_child",)
"""Lists that search for nothing."""
SNIPPETS = {
    f"{start}_{model._meta.app_label}_{model._meta.model_name}": model
    for model in get_snippet_models()
    for start in ("wagtailsnippets", "wagtailsnippetchoosers")
}
ASKING = "translation_exchange:export", "wagtailadmin_choose_page_chosen_multiple"
"""Views that take what they are about from their parameters."""


def pks(thing: models.Model) -> dict[str, object]:
    names = "pk page_id page_pk parent_page_id object_id image_id document_id doc_id translation_id".split()
    return dict.fromkeys(names, thing.pk) | {
        "revision_id": getattr(thing, "latest_revision_id", None) or thing.pk,
        "app_label": thing._meta.app_label,
        "model_name": thing._meta.model_name,
        "app_name": thing._meta.app_label,
        "content_type_app_name": thing._meta.app_label,
        "content_type_model_name": thing._meta.model_name,
        "key": getattr(thing, "translation_key", thing.pk),
        "code": "ru",
        "mode": "",
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "content_path": "body",
        "action": "export_for_translators",
    }


def parameters_of(name: str, names: set[str]) -> tuple[str, ...]:
    """Return what is asked of an address. A list whose results have an address of their own searches there."""
    if not any(part in name.removeprefix("wagtailsnippetchoosers_") for part in LISTS):
        return ("",)
    return ASKED[:2] if f"{name}_results" in names or name in BROWSED else ASKED


def things_for(address: Address, ground: Ground) -> list[models.Model]:
    """Return what an address is asked for: those of a model's own for rows of it, with the newest, which were
    sent."""
    home = ground.newsroom.site.homes["ru"]
    model = SNIPPETS.get(address.name.partition(":")[0])
    if not address.arguments:
        return [home]
    if not model:
        return [*ground.things, home]
    return [*(thing for thing in ground.things if isinstance(thing, model)), *model.objects.order_by("-pk")[:2]]


def urls(ground: Ground) -> Iterator[str]:
    names = {each.name for each in addresses()}
    for address in addresses():
        if "logout" in address.name:
            continue
        asked = parameters_of(address.name, names)
        for thing in things_for(address, ground):
            values = pks(thing)
            try:
                url = reverse(
                    address.name, kwargs={name: values.get(name, thing.pk) for name in address.arguments}
                )
            except NoReverseMatch:
                continue
            yield from (url + parameters for parameters in asked)
        if address.name in ASKING:
            yield from (f"{reverse(address.name)}?{each}" for thing in ground.things for each in named_in(thing))


def named_in(thing: models.Model) -> list[str]:
    is_page = isinstance(thing, Page)
    return [
        f"object={thing._meta.label_lower}:{thing.pk}",
        *([f"page={thing.pk}", f"id={thing.pk}"] if is_page else []),
    ]


@pytest.mark.long
@pytest.mark.usefixtures("bare_refusals")
def test_translator__reads_nothing_that_was_not_sent(ground):
    assert {each.name for each in addresses()} >= set(ASKING)
    client, found, refused = ground.client, set(), set()
    for url in dict.fromkeys(urls(ground)):
        path = url.partition("?")[0]
        if path in refused and "?id=" not in url:
            continue
        answer = client.get(url)
        if answer.status_code != 200:
            refused.add(path)
            continue
        text = b"".join(answer).decode(errors="replace")
        found |= {(url, secret) for word, secret in ground.secrets.items() if word in text}
    assert sorted(found) == []


def choosers(ground: Ground, word: str) -> dict[str, str]:
    ways = {
        "page": reverse("wagtailadmin_choose_page_search") + f"?q={word}",
        "quote": reverse("wagtailsnippetchoosers_campaigns_quote:choose_results") + f"?q={word}",
        "person": reverse("wagtailsnippetchoosers_campaigns_person:choose_results") + f"?q={word}",
    }
    return {kind: ground.client.get(url).text for kind, url in ways.items()}


def test_translator__chooses_among_what_was_sent_speakers_included(ground):
    assert "Story Sentstory" in choosers(ground, "Sentstory")["page"]
    assert "We ask Sentquote" in choosers(ground, "Sentquote")["quote"]
    assert "Nigora Sentname" in choosers(ground, "Nigora")["person"]


def test_translator__sees_what_was_sent_whole(ground):
    shown = ground.client.get(edit_url(target_of(translation_into(ground.sent, "ru")))).text
    assert "Story Sentstory" in shown
    preview = reverse("wagtail_localize:preview_translation", args=[translation_into(ground.sent, "ru").pk])
    assert "Story Sentstory" in ground.client.get(preview).text
    assert "We ask Sentquote" in ground.client.get(edit_url(target_of(translation_into(ground.said, "ru")))).text


def test_editor__chooses_among_everything(ground):
    client = ground.newsroom.as_(ground.newsroom.editor)
    answer = client.get(reverse("wagtailadmin_choose_page_search") + "?q=Draftzavr")
    assert "Story Draftzavr" in answer.text


@pytest.mark.parametrize("groups", [[], ["Nobody in particular"]])
def test_person_without_rights__chooses_among_what_readers_see(ground, groups):
    user = factories.UserFactory(groups=groups)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = ground.newsroom.as_(user)
    for url, secret in (
        (reverse("wagtailadmin_choose_page_search") + "?q=Story", "Draftzavr"),
        (reverse("wagtailsnippetchoosers_campaigns_person:choose_results"), "Personzavr"),
        (reverse("wagtailadmin_api:documents:listing"), "Docuzavr"),
        (reverse("wagtail_localize:snippets_api_listing", args=["campaigns", "quote"]), "Quotezavr"),
    ):
        assert secret not in client.get(url).text


def test_translator__downloads_no_document_of_a_draft(ground):
    document = next(thing for thing in ground.things if thing._meta.model_name == "document")
    url = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    assert ground.client.get(url).status_code == 404
    assert ground.newsroom.as_(ground.newsroom.editor).get(url).status_code == 200


@pytest.mark.parametrize("asked", ["", "?from=mail", "#below"])
def test_translator__is_not_told_the_new_title_of_a_page_by_its_address(ground, asked):
    site = ground.newsroom.site.site
    site.hostname, site.port = "www.example.org", 443
    site.save()
    url = reverse("wagtailadmin_choose_page_external_link")
    typed = {
        "external-link-chooser-url": f"https://www.example.org/en/renamed/{asked}",
        "external-link-chooser-link_text": "It",
    }
    answer = ground.client.post(url, typed)
    assert answer.json()["result"]["url"] == typed["external-link-chooser-url"]
    assert "Renamedzavr" not in answer.text
    assert "Renamedzavr" in ground.newsroom.as_(ground.newsroom.editor).post(url, typed).text
