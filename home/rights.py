"""Groups with their permissions, as few as the work needs, and the workflow. `make_groups` runs again after a
snippet model or a language was added: it adds what is missing and removes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings

from campaigns.kinds import KINDS

if TYPE_CHECKING:
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import Page

    from home.models import HomePage

SNIPPETS = (
    *(str(kind.model._meta.model_name) for kind in KINDS),
    "person",
    "organisation",
    "place",
    "topic",
    "sdg",
)
MEDIA = {"wagtailimages": "image", "wagtaildocs": "document"}
HELPLINE = ("core", "helpline")
TRANSLATION_SETTINGS = ("translation", "translationsettings", "change_translationsettings")
ADMIN = ("wagtailadmin", "admin", "access_admin")
SUBMIT_TRANSLATION = ("wagtail_localize", "translation", "submit_translation")
WORKFLOW = "Review before publishing"
TASK = "Review"


@dataclass(frozen=True)
class Rights:
    """Permissions of a group: actions on all pages below one page, on every snippet model and on every image and
    document. `others` are (app label, model, codename)."""

    pages: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    others: tuple[tuple[str, str, str], ...] = field(default=(ADMIN,))


GROUPS = {
    "Editor": Rights(
        pages=("add", "change"),
        snippets=("add", "change"),
        media=("add", "change", "choose"),
        others=(ADMIN, SUBMIT_TRANSLATION, (*HELPLINE, "view_helpline")),
    ),
    "Publisher": Rights(
        pages=("add", "change", "publish", "lock", "unlock", "bulk_delete"),
        snippets=("add", "change", "delete", "publish", "lock", "unlock"),
        media=("add", "change", "choose"),
        others=(
            ADMIN,
            SUBMIT_TRANSLATION,
            TRANSLATION_SETTINGS,
            *((*HELPLINE, f"{action}_helpline") for action in ("view", "add", "change", "delete")),
        ),
    ),
    # The workflow itself lets reviewers open what was submitted. These are for finding and unlocking it.
    "Reviewer": Rights(pages=("lock", "unlock"), snippets=("view",)),
}
# For the home page of the language and all below. Wagtail's permissions on snippets know no language: the app
# `translation` has its own.
TRANSLATOR = Rights(pages=("change",), media=("choose",))


def make_groups(apps: Apps = current_apps) -> None:
    """Create the locales, groups, permissions and the workflow that are missing. `apps` may be a migration's.
    Without a root page, permissions on pages and the workflow are left out."""
    for code, _name in settings.LANGUAGES:
        apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=code)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    for name, rights in GROUPS.items():
        _grant(apps, _group(apps, name), rights, root)
    grant_translator_rights(apps)
    if root:
        _make_workflow(apps, root)


def grant_translator_rights(apps: Apps = current_apps) -> None:
    """Create the group of translators of each language but the site's own, if it is missing, with its permission
    on the home page of that language, if that exists."""
    homes = {page.locale.language_code: page for page in _homes(apps)}
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE:
            _grant(apps, _group(apps, translator_group(code)), TRANSLATOR, homes.get(code))


def grant_helpline_rights(apps: Apps = current_apps) -> None:
    """Give the permissions on helplines to the existing groups of GROUPS, for a migration: helplines are newer
    than these. Groups that do not exist are skipped; nothing is removed."""
    for name, rights in GROUPS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(*(_permission(apps, *other) for other in rights.others if other[:2] == HELPLINE))


def translator_group(code: str) -> str:
    return f"Translator {code}"


def group_names() -> list[str]:
    """Return the names of all groups that `make_groups` creates."""
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [*GROUPS, *map(translator_group, others)]


def _homes(apps: Apps) -> "Iterable[HomePage]":
    return apps.get_model("home", "HomePage").objects.select_related("locale")


def _group(apps: Apps, name: str) -> "Group":
    return apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]


def _permission(apps: Apps, app_label: str, model: str, codename: str) -> "Permission":
    """Return a permission, created if missing: Django creates permissions only after all migrations."""
    kind = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)[0]
    name = f"Can {codename.replace('_', ' ')}"
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]


def _grant(apps: Apps, group: "Group", rights: Rights, page: "Page | None") -> None:
    """Give a group its rights, and remove none; those on pages are for `page` and all below it, those on media for
    all collections. Without a page the rights on pages are left out."""
    group.permissions.add(*(_permission(apps, *other) for other in rights.others))
    for model in SNIPPETS:
        for action in rights.snippets:
            group.permissions.add(_permission(apps, "campaigns", model, f"{action}_{model}"))
    if page:
        on_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
        for action in rights.pages:
            permission = _permission(apps, "wagtailcore", "page", f"{action}_page")
            on_pages.get_or_create(group_id=group.pk, page_id=page.pk, permission_id=permission.pk)
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    if root:
        on_collections = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
        for app_label, model in MEDIA.items():
            for action in rights.media:
                permission = _permission(apps, app_label, model, f"{action}_{model}")
                on_collections.get_or_create(group=group, collection=root, permission=permission)


def _make_workflow(apps: Apps, root: "Page") -> None:
    """Create the workflow if it is missing, and assign it to all pages, in place of the one that the root page
    had, and to every snippet model that has none."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind = kinds.get_or_create(app_label="wagtailcore", model="groupapprovaltask")[0]
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.get_or_create(
        name=TASK, defaults={"content_type_id": kind.pk}
    )[0]
    task.groups.add(_group(apps, "Reviewer"), _group(apps, "Publisher"))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)[0]
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow_id=workflow.pk, task_id=task.pk, defaults={"sort_order": 0}
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page_id=root.pk, defaults={"workflow_id": workflow.pk}
    )
    of_snippets = apps.get_model("wagtailcore", "WorkflowContentType").objects
    for model in SNIPPETS:
        snippet = kinds.get_or_create(app_label="campaigns", model=model)[0]
        of_snippets.get_or_create(content_type_id=snippet.pk, defaults={"workflow_id": workflow.pk})
