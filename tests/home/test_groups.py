import importlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Locale, Page, Task, Workflow
from wagtail.permissions import policy_registry

from core.internals.wagtail_models import PagePermissionPolicy
from core.second_factor.backend import FactorBackend
from home import rights
from tests import factories

pytestmark = pytest.mark.django_db

GROUPS = {"Editor", "Publisher", "Reviewer", "Translator ru", "Translator tg", "Translator fa-af"}
MIGRATION = importlib.import_module("home.migrations.0002_groups")


def test_groups__are_these():
    assert set(Group.objects.values_list("name", flat=True)) == GROUPS == set(rights.group_names())


def test_languages__have_their_locales():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "ru", "tg", "fa-af"}


def test_making_the_groups_again__changes_nothing(site):
    def everything() -> list:
        groups: Any = Group.objects.order_by("name")
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
    settings.LANGUAGES = [*settings.LANGUAGES, ("ps", "پښتو")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    locale = Locale.objects.create(language_code="ps")

    home = factories.HomePageFactory(
        parent=site.root, slug="start-ps", locale=locale, translation_key=site.home.translation_key
    )

    group = Group.objects.get(name="Translator ps")
    assert group.page_permissions.get().page_id == home.pk
    assert list(group.language_rights.values_list("locale_id", "action")) == [(locale.pk, "translate")]
    assert Group.objects.get(name="Reviewer").language_rights.filter(locale=locale, action="review").exists()


def test_translators__have_no_right_on_models():
    """Those know no languages."""
    groups = Group.objects.filter(name__startswith="Translator")

    names = groups.values_list("permissions__content_type__app_label", "permissions__codename")

    assert set(names) == {("wagtailadmin", "access_admin")}


def test_migration__goes_back_and_forth():
    MIGRATION.remove_groups(apps, None)
    names = set(Group.objects.values_list("name", flat=True))
    without = Workflow.objects.filter(name=rights.WORKFLOW) | Workflow.objects.filter(
        workflow_tasks__task__name=rights.TASK
    )
    left = list(without)
    MIGRATION.make_groups(apps, None)

    assert (names, left) == ({"Editors", "Moderators"}, [])
    assert set(Group.objects.values_list("name", flat=True)) == GROUPS
    assert Workflow.objects.get(name=rights.WORKFLOW).tasks.get().specific.groups.count() == 2


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

    for code in ("en", "ru", "tg", "fa-af"):
        assert f"alt_{code.replace('-', '_')}" in form


@pytest.mark.parametrize("group", [*sorted(GROUPS), None])
def test_rights__read_together_are_those_of_django_and_wagtail(site, group, django_assert_num_queries):
    made = factories.UserFactory(groups=[group] if group else (), is_superuser=group is None)
    if group:
        made.user_permissions.add(Permission.objects.get(codename="add_topic"))
    user, again = (FactorBackend().get_user(made.pk) for _time in range(2))
    assert user
    assert again

    with django_assert_num_queries(2 if user.is_superuser else 1):
        found = user.get_all_permissions()
    assert {*found} == {*ModelBackend().get_all_permissions(again)}
    root = policy_registry.get_by_type(Page).explorable_root_instance(user)
    assert root == PagePermissionPolicy(Page).explorable_root_instance(again)
