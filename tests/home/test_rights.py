"""Each group at the doors of the admin: what it gets done, and nothing else."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Task, Workflow

from campaigns.models import Quote
from core.models import SiteImage
from home import rights
from home.models import SectionPage
from tests import factories
from tests.forms import quote_form, section_form

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


@pytest.fixture
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


def on_page(view: str, page: Page) -> Callable[[Client], None]:
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
TRANSLATOR = {"enter", "see quotes"}
ALLOWED = {
    "Editor": EDITOR,
    "Publisher": EDITOR
    | {
        "publish a page", "create a live page", "unpublish a page", "delete a live page", "lock a page",
        "publish in bulk", "delete in bulk", "publish a quote", "create a live quote", "delete a quote",
    },
    "Translator ru": TRANSLATOR | {"edit a Russian page", "edit a Russian quote"},
    "Translator tg": TRANSLATOR,
    "Reviewer": {"enter", "see quotes", "lock a page"},
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


def test_groups__are_these():
    assert set(Group.objects.values_list("name", flat=True)) == set(ALLOWED) == set(rights.group_names())


def test_languages__have_their_locales():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "ru", "tg"}


def test_making_the_groups_again__changes_nothing(site):
    def everything() -> list:
        groups = Group.objects.order_by("name")
        return [
            (
                list(group.permissions.order_by("pk").values_list("pk", flat=True)),
                list(group.page_permissions.order_by("pk").values_list("page_id", "permission_id")),
                list(group.collection_permissions.order_by("pk").values_list("permission_id", flat=True)),
            )
            for group in groups
        ]

    before = everything(), Permission.objects.count(), Workflow.objects.count(), Task.objects.count()
    rights.make_groups()

    assert (everything(), Permission.objects.count(), Workflow.objects.count(), Task.objects.count()) == before


def test_new_home_page__opens_to_its_translators(site, settings):
    group = Group.objects.get(name="Translator tg")

    pages = group.page_permissions.values_list("page_id", "permission__codename")

    assert list(pages) == [(site.homes["tg"].pk, "change_page")]


def test_new_language__gets_its_translators(site, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fa-af", "دری")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    locale = Locale.objects.create(language_code="fa-af")

    home = factories.HomePageFactory(
        parent=site.root, slug="start-fa", locale=locale, translation_key=site.home.translation_key
    )

    permission = Group.objects.get(name="Translator fa-af").page_permissions.get()
    assert permission.page_id == home.pk


def test_workflow__waits_for_a_reviewer(ground, client):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    submits_page(client, ground)
    assert not ground.draft.live
    state = ground.draft.current_workflow_task_state
    act = reverse("wagtailadmin_pages:workflow_action", args=[ground.draft.pk, "approve", state.pk])

    client.post(act)
    assert not Page.objects.get(pk=ground.draft.pk).live
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    client.post(act)

    assert Page.objects.get(pk=ground.draft.pk).live


def test_workflow__holds_for_snippets(ground, client):
    client.force_login(factories.UserFactory(groups=["Editor"]))

    client.post(snippet("edit", ground.quote.pk), quote_form(**{"action-submit": "action-submit"}))
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    ground.quote.refresh_from_db()
    state = ground.quote.current_workflow_task_state
    seen = client.get(snippet("edit", ground.quote.pk))
    client.post(snippet("workflow_action", ground.quote.pk, "approve", state.pk))

    assert seen.status_code == 200
    assert Quote.objects.get(pk=ground.quote.pk).live


def test_approval__publishes_a_story_with_its_quotes(site, client):
    """A reviewer may publish neither by other ways."""
    story = factories.NewsPageFactory(parent=site.news_index, live=False)
    story.save_revision()
    quote = factories.QuoteFactory(source=story, live=False)
    story.get_workflow().start(story, factories.UserFactory(groups=["Editor"]))
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    state = story.current_workflow_task_state

    client.post(reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk]))

    assert Page.objects.get(pk=story.pk).live
    assert Quote.objects.get(pk=quote.pk).live


MIGRATION = importlib.import_module("home.migrations.0002_groups")


def test_migration__goes_back_and_forth():
    MIGRATION.remove_groups(apps, None)
    without = set(Group.objects.values_list("name", flat=True)), Workflow.objects.count(), Task.objects.count()
    MIGRATION.make_groups(apps, None)

    assert without == ({"Editors", "Moderators"}, 0, 0)
    assert set(Group.objects.values_list("name", flat=True)) == set(ALLOWED)
    assert Workflow.objects.get().tasks.get().specific.groups.count() == 2


def test_migration__leaves_groups_that_somebody_is_in():
    factories.UserFactory(groups=["Editors", "Moderators"])

    MIGRATION.make_groups(apps, None)

    assert Group.objects.filter(name__in=["Editors", "Moderators"]).count() == 2


def test_home_page__submitted_for_translation_is_a_draft(site, client):
    site.homes["tg"].delete()
    client.force_login(factories.UserFactory(groups=["Editor"]))

    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[site.home.pk]),
        {"locales": [site.locales["tg"].pk]},
    )

    home = site.home.get_translation(site.locales["tg"])
    assert not home.live
    assert home.get_parent().is_root()
    assert Group.objects.get(name="Translator tg").page_permissions.get().page_id == home.pk


def test_image_chooser__asks_for_the_alternative_text_of_each_language(site, client):
    client.force_login(factories.UserFactory(groups=["Editor"]))

    form = client.get(reverse("wagtailimages_chooser:choose")).content.decode()

    for code in ("en", "ru", "tg"):
        assert f"alt_{code}" in form
