"""Copies of helplines, as they were stored before, become rows; and copies again on the way back."""

import json
import uuid
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState, StateApps
from wagtail.blocks import StreamValue
from wagtail_localize.models import TranslationSource

from core.findings import DeletionRefused
from core.models import Helpline
from home.models import HomePage, SectionPage
from tests import factories
from tests.helplines import BLOCK
from tests.site_tree import make_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

BEFORE = [("home", "0002_groups"), ("campaigns", "0006_imported_quotes"), ("core", "0012_passage_statements")]
# The long way from here to the newest migrations is gone once.
AFTER = [("home", "0003_helplines")]
HOMES = {
    "en": ("Listening line", "1313 (free)", "Every day, 8:00–20:00", "Confidential."),
    "ru": ("Линия доверия", "1313", "Ежедневно, 8:00–20:00", "Тайна звонка."),
    "tg": ("Телефони боварӣ", "۱۳۱۳", "Душанбе то ҷумъа", ""),
    "fa-af": ("", "", "", ""),
}
# In a block: the home page's number, others, two at once, and none.
COPIES = [
    {"name": "Listening line", "number": "13-13", "hours": "", "languages": "", "note": ""},
    {"name": "Second", "number": "+992 44 600", "hours": "by day", "languages": "Tajik, Russian", "note": "Ask."},
    {"name": "Two", "number": "1515, 1616", "hours": "", "languages": "", "note": ""},
    {"name": "None", "number": "ask us", "hours": "", "languages": "", "note": ""},
]


_mutate_state = Migration.mutate_state


def mutate_state(self: Migration, state: ProjectState, preserve: bool = True) -> ProjectState:
    """Make the models of the next state when it is asked for them. On the way back, Django goes through all later
    states, and makes models anew with each operation."""
    models = vars(state).pop("apps", None)
    changed = _mutate_state(self, state, preserve)
    if preserve and models:
        vars(state)["apps"] = models
    return changed


def migrate(targets: list[tuple[str, str]]) -> StateApps:
    """Return the models as they are then."""
    executor = MigrationExecutor(connection)
    with mock.patch.object(Migration, "mutate_state", mutate_state):
        executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def leaves() -> Iterator[list[tuple[str, str]]]:
    """What is applied in the end, whatever happens on the way."""
    executor = MigrationExecutor(connection)
    found = executor.loader.graph.leaf_nodes()
    yield found
    executor.loader.build_graph()
    if executor.migration_plan(found):
        executor.migrate(found)


def blocks() -> list[dict[str, Any]]:
    ids = [str(uuid.UUID(int=number)) for number in range(len(COPIES))]
    return [{"type": "helpline", "value": dict(copy), "id": each} for each, copy in zip(ids, COPIES, strict=True)]


def with_copies(apps, site, section) -> None:
    homes = apps.get_model("home", "HomePage").objects
    for code, texts in HOMES.items():
        names = ("helpline_name", "helpline_number", "helpline_hours", "helpline_note")
        homes.filter(pk=site.homes[code].pk).update(**dict(zip(names, texts, strict=True)))
    raw = json.dumps(blocks())
    model = apps.get_model("home", "SectionPage")
    body = StreamValue(model._meta.get_field("body").stream_block, blocks(), is_lazy=True)
    model.objects.filter(pk=section.pk).update(body=body)
    for row in apps.get_model("wagtailcore", "Revision").objects.filter(object_id=str(section.pk)):
        row.content["body"] = raw
        row.save()
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    for source in sources.filter(object_id=section.translation_key):
        source.content_json = json.dumps(json.loads(source.content_json) | {"body": raw})
        source.save()
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects
    for path in (f"body.{uuid.UUID(int=1)}.note", "title", f"body.{uuid.UUID(int=9)}.note"):
        contexts.get_or_create(
            object_id=section.translation_key, path=path, defaults={"path_id": uuid.uuid4(), "field_path": path}
        )


@pytest.fixture
def section(leaves):
    """A section with copies, before they become rows."""
    site = make_site()
    section = factories.SectionPageFactory(parent=site.home, slug="help", body=[BLOCK])
    section.save_revision().publish()
    TranslationSource.get_or_create_from_instance(section)
    with_copies(migrate(BEFORE), site, section)
    return section


def check_one_row_for_each_number(apps) -> None:
    found = {row.number: row for row in apps.get_model("core", "Helpline").objects.all()}

    assert set(found) == {"1313", "+992 44 600", "1515", "1616"}
    primary = found["1313"]
    assert primary.is_primary
    assert primary.hours["6"] == {"opens": "08:00", "closes": "20:00"}
    assert primary.texts["en"] == {"name": "Listening line", "note": "Confidential. · 1313 (free)"}
    assert primary.texts["ru"] == {"name": "Линия доверия", "note": "Тайна звонка."}
    assert primary.texts["tg"] == {"name": "Телефони боварӣ", "note": "Душанбе то ҷумъа"}
    other = found["+992 44 600"]
    assert other.texts["en"] == {"name": "Second", "note": "Ask. · by day"}
    assert other.languages == ["tg", "ru"]


def check_references(apps, section) -> None:
    rows = {row.number: row.pk for row in apps.get_model("core", "Helpline").objects.all()}
    wanted = [None, rows["+992 44 600"], rows["1515"], None]
    section = apps.get_model("home", "SectionPage").objects.get(pk=section.pk)
    revision = apps.get_model("wagtailcore", "Revision").objects.get(pk=section.latest_revision_id).content
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    source = sources.get(object_id=section.translation_key)

    for raw in (
        section.body.raw_data,
        json.loads(revision["body"]),
        json.loads(json.loads(source.content_json)["body"]),
    ):
        assert [block["value"] for block in raw] == [{"helpline": pk} for pk in wanted]


def check_blocks_find_their_rows(section) -> None:
    assert [block.value["helpline"] and block.value["helpline"].number for block in section.body] == [
        None, "+992 44 600", "1515", None,
    ]  # fmt: skip


def check_use_is_known() -> None:
    used = Helpline.objects.get(number="1515")
    with pytest.raises(DeletionRefused):
        used.delete()


def check_units(apps, section) -> None:
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects
    paths = contexts.filter(object_id=section.translation_key).values_list("path", flat=True)

    assert f"body.{uuid.UUID(int=1)}.note" not in paths
    assert {"title", f"body.{uuid.UUID(int=9)}.note"} <= set(paths)


def check_page(section, client) -> None:
    text = client.get(section.get_url()).text
    for number in ("1313", "+992 44 600", "1515"):
        assert number in text


def check_way_back(section) -> None:
    old = migrate(BEFORE)
    homes = {page.locale.language_code: page for page in old.get_model("home", "HomePage").objects.all()}
    body = old.get_model("home", "SectionPage").objects.get(pk=section.pk).body.raw_data

    assert (homes["ru"].helpline_name, homes["ru"].helpline_number) == ("Линия доверия", "1313")
    assert homes["fa-af"].helpline_number == "1313"
    assert homes["en"].helpline_hours == "Every day, 08:00–20:00"
    assert [block["value"]["number"] for block in body] == ["1313", "+992 44 600", "1515", "1313"]
    assert body[1]["value"]["note"] == "Ask. · by day"


def check_today(section, client) -> None:
    section = SectionPage.objects.get(pk=section.pk)
    assert set(Helpline.objects.values_list("number", flat=True)) == {"1313", "+992 44 600", "1515"}
    assert HomePage.objects.count() == 4
    check_blocks_find_their_rows(section)
    check_use_is_known()
    check_page(section, client)


def test_copies__become_rows_and_copies_again(section, leaves, client):
    """One test: each way takes long."""
    then = migrate(AFTER)
    check_one_row_for_each_number(then)
    check_references(then, section)
    check_units(then, section)
    check_way_back(section)
    migrate(leaves)
    check_today(section, client)
