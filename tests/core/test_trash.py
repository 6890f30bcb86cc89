"""Deleted images and documents: kept, restored under their old numbers, purged."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection, CollectionViewRestriction, GroupPagePermission

from core import work
from core.consent.withdrawals import withdraw
from core.models import ShownFile, TrashedFile
from home.rights import make_groups
from tests import factories
from tests.scenes import scene
from tests.withdrawing import stored as tables_with

pytestmark = pytest.mark.django_db

REPORT = "translation_life:deleted"


@scene
def section(site):
    make_groups()
    return factories.SectionPageFactory(parent=site.home)


@scene
def image(section):
    return factories.SiteImageFactory(people=True, title="Lantern", credit="A. Photographer")


@scene
def about(section, image):
    return factories.ContentPageFactory(
        parent=section,
        title="About us",
        lead_image=image,
        body=[("image", {"image": image, "caption": ""})],
    )


@scene
def resource(section):
    document = factories.DocumentFactory(title="Flyer")
    document.tags.add("winter")
    return factories.ResourcePageFactory(parent=section, title="Leaflets", documents={"en": document})


def log_in(client, group: str):
    user = factories.UserFactory(groups=[group])
    client.force_login(user)
    return user


def trash(file) -> None:
    """Of a copy: Django takes the number from what it deletes."""
    type(file).objects.get(pk=file.pk).delete()


def trashed(file):
    return TrashedFile.objects.filter(file_model=file._meta.label_lower, file_id=file.pk)


def values_of(file) -> dict[str, Any]:
    """JSON knows milliseconds."""
    values = type(file).objects.filter(pk=file.pk).values().get()
    return values | {"created_at": values["created_at"].replace(microsecond=0)}


def trash_url(file, name="file") -> str:
    return reverse(f"trash:{name}", args=[trashed(file).get().pk])


def delete_by_form(client, file):
    name = "wagtaildocs" if file._meta.app_label == "wagtaildocs" else "wagtailimages"
    client.post(reverse(f"{name}:delete", args=[file.pk]))


def delete_in_bulk(client, file):
    url = reverse("wagtail_bulk_action", args=[file._meta.app_label, file._meta.model_name, "delete"])
    client.post(f"{url}?id={file.pk}")


def delete_by_code(client, file):
    file.delete()


def delete_by_queryset(client, file):
    type(file).objects.filter(pk=file.pk).delete()


DELETIONS = [delete_by_form, delete_in_bulk, delete_by_code, delete_by_queryset]


def commit(callbacks):
    """What follows a commit."""
    return callbacks(execute=True)


@pytest.mark.parametrize("delete", DELETIONS)
def test_image__comes_back_where_it_was(client, about, image, delete, django_capture_on_commit_callbacks):
    log_in(client, "Publisher")
    with commit(django_capture_on_commit_callbacks):
        image.save()
    image.tags.add("winter")
    before = values_of(image)
    rendition = image.renditions.first()
    with commit(django_capture_on_commit_callbacks):
        delete(client, type(image).objects.get(pk=image.pk))
    assert client.get(rendition.url).status_code == 404
    assert client.get(about.get_url()).status_code == 200
    assert not image.file.storage.exists(rendition.file.name)
    assert image.file.storage.exists(image.file.name)
    assert "Lantern" in client.get(reverse(REPORT)).content.decode()

    with commit(django_capture_on_commit_callbacks):
        client.post(trash_url(image))

    restored = type(image).objects.get(pk=image.pk)
    assert values_of(image) == before
    assert list(restored.tags.names()) == ["winter"]
    about.refresh_from_db()
    assert about.lead_image_id == image.pk
    assert about.body[0].value["image"] == restored
    client.logout()
    answers = {client.get(each.url).status_code for each in restored.renditions.all()}
    assert answers == {200}
    assert ShownFile.objects.filter(file_model="core.siteimage", file_id=image.pk).exists()
    assert not TrashedFile.objects.exists()


@pytest.mark.parametrize("delete", DELETIONS)
def test_document__comes_back_on_its_page(client, resource, delete, django_capture_on_commit_callbacks):
    log_in(client, "Publisher")
    document = resource.files.get().document
    before = values_of(document)
    left = document.metadata.left
    with commit(django_capture_on_commit_callbacks):
        delete(client, type(document).objects.get(pk=document.pk))
    assert client.get(document.url).status_code == 404
    assert not type(resource).objects.get(pk=resource.pk).files.exists()

    with commit(django_capture_on_commit_callbacks):
        client.post(trash_url(document))

    assert values_of(document) == before
    restored = type(resource).objects.get(pk=resource.pk).files.get().document
    assert restored == document
    assert restored.metadata.left == left
    assert list(restored.tags.names()) == ["winter"]
    client.logout()
    assert client.get(document.url).status_code == 200


def test_trash__serves_nobody_but_who_may_restore(client, about, image):
    trash(image)
    url = trash_url(image, "content")
    assert client.get(url).status_code == 302
    for group, statuses in (("Translator ru", {302, 403}), ("Editor", {302}), ("Publisher", {200})):
        log_in(client, group)
        response = client.get(url)
        assert response.status_code in statuses, group
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("group", ["Editor", "Reviewer", "Translator ru"])
def test_trash__is_for_publishers(client, about, image, group):
    trash(image)
    log_in(client, group)

    assert "Lantern" not in client.get(reverse(REPORT), follow=True).content.decode()
    client.post(trash_url(image))

    assert not type(image).objects.filter(pk=image.pk).exists()


def test_publisher_of_one_branch__asks_another_to_restore_what_stands_elsewhere(client, site, about, image):
    """What shows it readers see again."""
    user = factories.UserFactory(groups=["Editor"])
    group = Group.objects.create(name="Publishers of a branch")
    permission = Permission.objects.get(codename="publish_page")
    branch = factories.SectionPageFactory(parent=site.home)
    GroupPagePermission.objects.create(group=group, page=branch, permission=permission)
    user.groups.add(group)
    client.force_login(user)
    trash(image)

    shown = client.get(trash_url(image)).content.decode()
    client.post(trash_url(image))

    assert "“About us”" in shown
    assert "Ask a publisher" in shown
    assert client.get(trash_url(image, "content")).status_code == 302
    assert not type(image).objects.filter(pk=image.pk).exists()


@pytest.mark.parametrize("by_screen", [True, False])
def test_consent_withdrawn_in_the_trash__stays_withdrawn(client, about, image, by_screen):
    log_in(client, "Publisher")
    trash(image)
    if by_screen:
        url = reverse("consent:withdraw", args=["core", "siteimage", image.pk])
        client.post(url, {"reason": "Asked for"})
    else:
        withdraw(type(image)(pk=image.pk), None, "Asked for")
    assert "Photographer" not in str(TrashedFile.objects.values_list("content", "title").get())

    client.post(trash_url(image))

    restored = type(image).objects.get(pk=image.pk)
    assert restored.consent_withdrawn
    assert not restored.consent_holds()
    assert (restored.credit, restored.alt_texts) == ("", {})
    assert not restored.renditions.exists()
    assert tables_with("Photographer") <= {"core_withheldcontent.rows"}


def test_consent_withdrawn_before_the_deletion__stays_withdrawn(client, about, image):
    log_in(client, "Publisher")
    withdraw(image, None, "Asked for")
    trash(image)

    client.post(trash_url(image))

    assert type(image).objects.get(pk=image.pk).consent_withdrawn


def test_private_collection_that_is_gone__is_closed_again(client, resource):
    private = Collection.get_first_root_node().add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = resource.files.get().document
    document.collection = private
    document.save()
    trash(document)
    private.delete()
    log_in(client, "Publisher")

    client.post(trash_url(document))
    client.logout()

    assert type(document).objects.get(pk=document.pk).collection.name == "Internal"
    assert client.get(document.url).status_code == 302


def test_restored_twice__is_there_once(client, image):
    log_in(client, "Publisher")
    trash(image)
    url = trash_url(image)

    assert [client.post(url).status_code, client.post(url).status_code] == [302, 404]
    assert type(image).objects.filter(pk=image.pk).count() == 1


def test_deleted_again_after_restoring__is_kept_again(client, image):
    log_in(client, "Publisher")
    for _time in range(2):
        trash(image)
        client.post(trash_url(image))

    assert type(image).objects.filter(pk=image.pk).exists()


def test_purge__removes_bytes_by_recorded_work(image, resource):
    document = resource.files.get().document
    trash(image)
    trash(document)
    work.perform_due()
    trashed(image).update(deleted_at=timezone.now() - datetime.timedelta(days=31))

    call_command("purge_deleted", verbosity=0)

    assert [row.title for row in TrashedFile.objects.all()] == ["Flyer"]
    # As if the process had been killed here: what is recorded is done by the next run.
    assert image.file.storage.exists(image.file.name)
    work.perform_due()
    assert not image.file.storage.exists(image.file.name)
    assert document.file.storage.exists(document.file.name)


def test_deletion__leaves_no_task_of_wagtail_that_removes_the_file(image, django_capture_on_commit_callbacks):
    with commit(django_capture_on_commit_callbacks):
        trash(image)

    assert not DBTaskResult.objects.filter(task_path__contains="delete_file_from_storage").exists()
    assert image.file.storage.exists(image.file.name)


def test_deletion_that_is_rolled_back__leaves_nothing_in_the_trash(image):
    with transaction.atomic():
        trash(image)
        transaction.set_rollback(True)

    assert not TrashedFile.objects.exists()
