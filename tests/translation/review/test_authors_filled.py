"""Authors of texts that were approved before they were kept."""

from importlib import import_module

import pytest
from django.apps import apps

from tests import factories
from translation.models import UnitAuthor

pytestmark = pytest.mark.django_db
migration = import_module("translation.migrations.0019_authors_filled")


def test_authors__of_approved_texts_come_from_reviews(newsroom):
    takeaway = factories.TakeawayFactory(statement="Keep it.")
    newsroom.bring_live(takeaway, "ru")
    kept = {row.path: (row.text_hash, row.user_id) for row in UnitAuthor.objects.all()}
    UnitAuthor.objects.all().delete()

    migration.note_authors(apps, None)

    assert {row.path: (row.text_hash, row.user_id) for row in UnitAuthor.objects.all()} == kept
    assert {user for _hash, user in kept.values()} == {newsroom.translators["ru"].pk}
