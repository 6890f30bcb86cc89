"""Each group at the doors of the admin: what it gets done, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from campaigns.models import Quote
from core.models import SiteImage
from home.models import SectionPage
from tests import factories
from tests.forms import quote_form, section_form
from tests.scenes import scene
from tests.typed import Response

pytestmark = pytest.mark.django_db


@dataclass
class Ground:
    live: SectionPage
    draft: SectionPage
    russian: SectionPage
    quote: Quote
    russian_quote: Quote
    image: SiteImage
    home: Page


@scene
def ground(site) -> Ground:
    return Ground(
        live=factories.SectionPageFactory(parent=site.home, slug="live"),
        draft=factories.SectionPageFactory(parent=site.home, slug="draft", live=False),
        russian=factories.SectionPageFactory(parent=site.homes["ru"], slug="russian", live=False),
        quote=factories.QuoteFactory(live=False),
        russian_quote=factories.QuoteFactory(locale="ru", live=False),
        image=factories.SiteImageFactory(),
        home=site.home,
    )


def edit_page(client: Client, page: Page, **fields: str) -> None:
    data = section_form(title="Changed", slug=page.slug, **fields)
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    page.refresh_from_db()


def edits(client: Client, page: Page) -> bool:
    edit_page(client, page)
    return page.draft_title == "Changed"


def publishes(client: Client, ground: Ground) -> bool:
    edit_page(client, ground.draft, **{"action-publish": "action-publish"})
    return ground.draft.live


def adds_page(client: Client, ground: Ground, **fields: str) -> SectionPage | None:
    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", ground.home.pk])
    client.post(url, section_form(title="New", slug="new", **fields))
    return SectionPage.objects.filter(slug="new").first()


def creates_live(client: Client, ground: Ground) -> bool:
    page = adds_page(client, ground, **{"action-publish": "action-publish"})
    return bool(page and page.live)


def on_page(view: str, page: Page) -> Callable[[Client], Response]:
    return lambda client: client.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))


def unpublishes(client: Client, ground: Ground) -> bool:
    on_page("unpublish", ground.live)(client)
    return not Page.objects.get(pk=ground.live.pk).live


def deletes(client: Client, page: Page) -> bool:
    on_page("delete", page)(client)
    return not Page.objects.filter(pk=page.pk).exists()


def locks(client: Client, ground: Ground) -> bool:
    on_page("lock", ground.live)(client)
    return Page.objects.get(pk=ground.live.pk).locked


def moves(client: Client, ground: Ground) -> bool:
    section = factories.SectionPageFactory(parent=ground.home)
    page = factories.ContentPageFactory(parent=section, live=False)
    target = factories.SectionPageFactory(parent=ground.home)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    return Page.objects.get(pk=page.pk).get_parent().pk == target.pk


def bulk(client: Client, action: str, page: Page) -> None:
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}")


def bulk_publishes(client: Client, ground: Ground) -> bool:
    bulk(client, "publish", ground.draft)
    return Page.objects.get(pk=ground.draft.pk).live


def bulk_deletes(client: Client, ground: Ground) -> bool:
    bulk(client, "delete", ground.live)
    return not Page.objects.filter(pk=ground.live.pk).exists()


def submits_page(client: Client, ground: Ground) -> bool:
    edit_page(client, ground.draft, **{"action-submit": "action-submit"})
    return ground.draft.workflow_in_progress


def snippet(view: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_campaigns_quote:{view}", args=args)


def adds_quote(client: Client, ground: Ground, **fields: str) -> bool:
    before = Quote.objects.count()
    client.post(snippet("add"), quote_form(**fields))
    return Quote.objects.count() > before


def edits_quote(client: Client, quote: Quote) -> bool:
    client.post(snippet("edit", quote.pk), quote_form(text="Changed words"))
    quote.refresh_from_db()
    return quote.get_latest_revision_as_object().text == "Changed words"


def publishes_quote(client: Client, ground: Ground) -> bool:
    client.post(snippet("edit", ground.quote.pk), quote_form(**{"action-publish": "action-publish"}))
    return Quote.objects.get(pk=ground.quote.pk).live


def creates_live_quote(client: Client, ground: Ground) -> bool:
    adds_quote(client, ground, **{"action-publish": "action-publish"})
    return Quote.objects.filter(live=True).exists()


def deletes_quote(client: Client, ground: Ground) -> bool:
    client.post(snippet("delete", ground.quote.pk))
    return not Quote.objects.filter(pk=ground.quote.pk).exists()


def adds_image(client: Client, ground: Ground) -> bool:
    with ground.image.file.open("rb") as file:
        upload = SimpleUploadedFile("new.png", file.read(), "image/png")
    client.post(reverse("wagtailimages:add"), {"title": "New picture", "file": upload, "alt_en": "A road"})
    return SiteImage.objects.filter(title="New picture").exists()


def edits_image(client: Client, ground: Ground) -> bool:
    client.post(reverse("wagtailimages:edit", args=[ground.image.pk]), {"title": "Changed", "alt_en": "A road"})
    return SiteImage.objects.get(pk=ground.image.pk).title == "Changed"


def adds_document(client: Client, ground: Ground) -> bool:
    upload = SimpleUploadedFile("new.txt", b"text", "text/plain")
    client.post(reverse("wagtaildocs:add"), {"title": "New document", "file": upload})
    return apps.get_model("wagtaildocs.Document").objects.exists()


def sees(name: str, *args: object) -> Callable[[Client, Ground], bool]:
    return lambda client, ground: client.get(reverse(name, args=args)).status_code == 200


ACTIONS: dict[str, Callable[[Client, Ground], bool]] = {
    "enter": sees("wagtailadmin_home"),
    "add a page": lambda client, ground: bool(adds_page(client, ground)),
    "edit a page": lambda client, ground: edits(client, ground.live),
    "edit a Russian page": lambda client, ground: edits(client, ground.russian),
    "submit a page": submits_page,
    "publish a page": publishes,
    "create a live page": creates_live,
    "unpublish a page": unpublishes,
    "delete a draft": lambda client, ground: deletes(client, ground.draft),
    "delete a Russian draft": lambda client, ground: deletes(client, ground.russian),
    "delete a live page": lambda client, ground: deletes(client, ground.live),
    "move a draft": moves,
    "lock a page": locks,
    "publish in bulk": bulk_publishes,
    "delete in bulk": bulk_deletes,
    "see quotes": sees("wagtailsnippets_campaigns_quote:list"),
    "add a quote": adds_quote,
    "edit a quote": lambda client, ground: edits_quote(client, ground.quote),
    "edit a Russian quote": lambda client, ground: edits_quote(client, ground.russian_quote),
    "publish a quote": publishes_quote,
    "create a live quote": creates_live_quote,
    "delete a quote": deletes_quote,
    "add an image": adds_image,
    "edit an image": edits_image,
    "add a document": adds_document,
    "see users": sees("wagtailusers_users:index"),
    "see groups": sees("wagtailusers_groups:index"),
    "see sites": sees("wagtailsites:index"),
    "see languages": sees("wagtaillocales:index"),
    "see workflows": sees("wagtailadmin_workflows:index"),
    "see collections": sees("wagtailadmin_collections:index"),
    "see redirects": sees("wagtailredirects:index"),
}
EDITOR = {
    "enter", "add a page", "edit a page", "edit a Russian page", "submit a page", "delete a draft",
    "delete a Russian draft", "move a draft", "see quotes", "add a quote", "edit a quote", "edit a Russian quote",
    "add an image", "edit an image", "add a document",
}  # fmt: skip
# The list of quotes opens in their own language: see tests/translation.
TRANSLATOR = {"enter"}
ALLOWED = {
    "Editor": EDITOR,
    "Publisher": EDITOR
    | {
        "publish a page", "create a live page", "unpublish a page", "delete a live page", "lock a page",
        "publish in bulk", "delete in bulk", "publish a quote", "create a live quote", "delete a quote",
    },
    "Translator ru": TRANSLATOR | {"edit a Russian page", "edit a Russian quote"},
    "Translator tg": TRANSLATOR,
    "Reviewer": {"enter", "see quotes"},
}  # fmt: skip


def allowed(group: str | None, ground: Ground) -> set[str]:
    client = Client()
    client.force_login(factories.UserFactory(groups=[group] if group else []))
    done = set()
    for name, act in ACTIONS.items():
        with transaction.atomic():
            if act(client, ground):
                done.add(name)
            transaction.set_rollback(True)
        for piece in vars(ground).values():
            piece.refresh_from_db()
    return done


@pytest.mark.parametrize("group", ALLOWED)
def test_group__gets_done_what_is_its_work_and_no_more(ground, group):
    assert allowed(group, ground) == ALLOWED[group]


def test_somebody_without_group__gets_nowhere(ground):
    assert allowed(None, ground) == set()
