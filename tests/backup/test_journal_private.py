"""What the journal says of pages, collections and files that are made private, or private to fewer people."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.journal import file
from core.journal.file import read
from core.models import JournalEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_happened_before(site):
    JournalEntry.objects.all().delete()
    file.path().unlink(missing_ok=True)


def test_private__page_collection_and_a_move_below_a_private_page(site, committing, kinds):
    section = factories.SectionPageFactory(parent=site.home)
    page = factories.ContentPageFactory(parent=site.home)
    with committing():
        PageViewRestriction.objects.create(page=section, restriction_type="login")
        page.move(section, pos="last-child")

    assert [(entry.kind, entry.key) for entry in read().in_order()] == [
        ("private", str(section.translation_key)),
        ("private", str(page.translation_key)),
    ]


def test_private__collection_moved_below_a_private_one(site, committing, client):
    private, inner = (Collection.get_first_root_node().add_child(name=name) for name in ("Archive", "Photos"))
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    client.force_login(factories.UserFactory(is_superuser=True))
    address = reverse("wagtailadmin_collections:edit", args=[inner.pk])
    with committing():
        for parent in (private, private, Collection.get_first_root_node()):
            assert client.post(address, {"name": "Photos", "parent": parent.pk}).status_code == 302

    told = [(entry.kind, entry.key) for entry in read().in_order()]
    assert told == [("private", str(private.pk)), ("private", str(inner.pk))]


@pytest.mark.parametrize(
    "change",
    [
        lambda restriction: restriction.__dict__.update(password="another"),
        lambda restriction: restriction.__dict__.update(restriction_type="login", password=""),
    ],
)
def test_private__another_password_or_none(site, committing, change):
    page = factories.SectionPageFactory(parent=site.home)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="known")
    JournalEntry.objects.all().delete()
    file.path().unlink(missing_ok=True)
    with committing():
        restriction.save()
        assert not JournalEntry.objects.exists()
        change(restriction)
        restriction.save()

    [entry] = read().in_order()
    assert (entry.kind, entry.key, entry.data) == ("private", str(page.translation_key), {"anew": True})


def test_private__taken_from_the_group(site, committing):
    page = factories.SectionPageFactory(parent=site.home)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    group = Group.objects.get(name="Editor")
    restriction.groups.add(group)
    JournalEntry.objects.all().delete()
    file.path().unlink(missing_ok=True)
    with committing():
        group.pageviewrestriction_set.remove(restriction)

    assert [(entry.key, entry.data) for entry in read().in_order()] == [
        (str(page.translation_key), {"anew": True})
    ]


def test_private__one_group_less(site, committing):
    page = factories.SectionPageFactory(parent=site.home)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set(Group.objects.filter(name__in=["Editor", "Publisher"]))
    JournalEntry.objects.all().delete()
    file.path().unlink(missing_ok=True)
    with committing():
        restriction.groups.set(Group.objects.filter(name__in=["Editor", "Publisher", "Translator ru"]))
        assert not JournalEntry.objects.exists()
        restriction.groups.set(Group.objects.filter(name="Editor"))

    assert [(entry.kind, entry.data) for entry in read().in_order()] == [("private", {"anew": True})]


@pytest.mark.parametrize("factory", [factories.SiteImageFactory, factories.DocumentFactory])
@pytest.mark.parametrize("door", ["form", "bulk"])
def test_private__file_moved_into_a_private_collection(site, committing, client, factory, door):
    private = Collection.get_first_root_node().add_child(name="Archive")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    file = factory()
    client.force_login(factories.UserFactory(is_superuser=True))
    kind = type(file)._meta
    with committing():
        if door == "bulk":
            address = reverse("wagtail_bulk_action", args=[kind.app_label, kind.model_name, "add_to_collection"])
            client.post(f"{address}?id={file.pk}", {"collection": private.pk})
        else:
            file.collection = private
            file.save()
            file.title = "Another title"
            file.save()

    told = [(entry.kind, entry.model, entry.key) for entry in read().in_order()]
    assert told == [
        ("private", "wagtailcore.collection", str(private.pk)),
        ("private", kind.label_lower, str(file.pk)),
    ]
    assert type(file).objects.get(pk=file.pk).collection == private
