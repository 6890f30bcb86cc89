"""Who needs a second factor."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, GroupPagePermission

from tests.second_factors import (
    give_password,
    is_in,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings, site):
    settings.SECOND_FACTOR_REQUIRED = True


ROLES = {
    "Publisher": True,
    "Reviewer": True,
    "Editor": False,
    "Translator ru": False,
}


@pytest.mark.parametrize(("group", "needs"), ROLES.items())
def test_roles__that_publish_or_review_need_it(group, needs):
    assert is_in(give_password(person(group, device=False))) is not needs


def test_superuser__needs_it():
    assert not is_in(give_password(person(device=False, is_superuser=True)))


@pytest.mark.parametrize(
    "codename", ["change_user", "add_group", "change_site", "delete_workflow", "publish_quote", "change_helpline"]
)
def test_rights__that_publish_or_administer_need_it(codename):
    editor = person("Editor", device=False)
    assert is_in(give_password(editor))

    editor.user_permissions.add(*Permission.objects.filter(codename=codename))

    assert not is_in(give_password(editor))


def test_reviewers_of_a_task_of_ones_own__need_it():
    group = Group.objects.create(name="Readers of proofs")
    editor = person("Editor", group.name, device=False)
    task = GroupApprovalTask.objects.create(name="Proofs", active=True)
    task.groups.add(group)
    assert not is_in(give_password(editor))

    GroupApprovalTask.objects.filter(pk=task.pk).update(active=False)

    assert is_in(give_password(editor))


def test_publishers_of_one_branch__need_it(site):
    group = Group.objects.create(name="Of one campaign")
    permission = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=site.campaign_index, permission=permission)

    assert not is_in(give_password(person("Editor", group.name, device=False)))


@pytest.mark.parametrize("required", [True, False])
def test_whoever_has_one__is_asked_whatever_the_setting(settings, required):
    settings.SECOND_FACTOR_REQUIRED = required

    assert not is_in(give_password(person("Editor")))


def test_setting_off__asks_nobody_who_has_none(settings):
    settings.SECOND_FACTOR_REQUIRED = False

    assert is_in(give_password(person(device=False, is_superuser=True)))
