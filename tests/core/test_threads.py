"""What several requests use at the same time in one process."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from wagtail.admin.menu import admin_menu, help_menu
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.users.models import UserProfile

from campaigns.models import CampaignPage, NewsPage
from core.blocks import StreamBlock
from core.seo.drawing import draw
from core.warm_up import warm_up
from tests import factories
from tests.threads import in_threads

# Their empty form may be a draft's, and not what goes live.
KINDS = ["rich_text", "image", "chart", "questions", "programme"]


def body(model: type[Page]) -> StreamBlock:
    return model.body.field.stream_block


def empty(stream: StreamBlock, kind: str) -> StreamValue:
    return StreamValue(stream, [(kind, stream.child_blocks[kind].get_default())])


def is_refused(stream: StreamBlock, kind: str) -> bool:
    try:
        stream.clean(empty(stream, kind))
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("kind", KINDS)
def test_stream__asks_for_what_is_required_while_others_save_drafts(kind: str):
    stream = body(CampaignPage)

    def validate(number: int) -> str:
        if number % 2:
            return "refused" if is_refused(stream, kind) else "let through"
        try:
            stream.clean_deferred(empty(stream, kind))
        except ValidationError:
            return "draft refused"
        return "draft"

    assert set(in_threads(validate, range(800))) == {"refused", "draft"}
    assert is_refused(stream, kind)


@pytest.mark.parametrize("model", [NewsPage, CampaignPage])
def test_stream__of_a_draft_keeps_its_blocks_and_their_ids(model: type):
    stream = body(model)
    heading = stream.child_blocks["rich_text"].to_python("<p>Words</p>")
    value = StreamValue(stream, [("rich_text", heading, "2f6f27a0-0c0a-4c58-9e2f-3b6a1c7d9e10")])
    cleaned = stream.clean_deferred(value)

    assert cleaned.get_prep_value() == value.get_prep_value()
    assert all(child.block is stream.child_blocks[child.block_type] for child in cleaned)
    assert stream.is_deferred_validation is False


TITLES = {"en": "The night market", "ru": "Ночной рынок", "tg": "Бозори шабона", "fa-af": "بازار شبانه"}


def test_share_pictures__are_drawn_in_several_threads_at_once():
    def picture(number: int) -> bytes:
        code = list(TITLES)[number % len(TITLES)]
        direction = "rtl" if code == "fa-af" else "ltr"
        return draw.__wrapped__(TITLES[code], "Site", code, direction, "pomegranate", "seed")

    alone = [picture(number) for number in range(len(TITLES))]

    assert in_threads(picture, list(range(len(TITLES))) * 6) == alone * 6


def test_help_menu__tells_each_user_what_they_have_dismissed(rf: RequestFactory, db):
    users = [factories.UserFactory(is_superuser=True) for _each in range(2)]
    UserProfile.objects.create(user=users[0], dismissibles={"editor-guide": True, "help": True})

    def of_both(menu, name: str) -> list[bool]:
        requests = [rf.get("/admin/") for _user in users]
        for request, user in zip(requests, users, strict=True):
            request.user = user
        # Both are rendered before either is drawn.
        rendered = [{item.name: item for item in menu.render_component(request)} for request in requests]
        return ["data-w-dismissible-dismissed-value" in items[name].attrs for items in rendered]

    assert of_both(help_menu, "editor-guide") == [True, False]
    assert of_both(admin_menu, "help") == [True, False]


def test_warm_up__fills_the_registries_without_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        warm_up()


FILLED = """
import site_cms.wsgi
import django.db
from wagtail import hooks
from wagtail.admin import action_menu
from wagtail.log_actions import registry
from wagtail.rich_text import features
from wagtail.users.views import groups
from campaigns.models import NewsPage
filled = {
    "hooks": hooks._searched_for_hooks,
    "log actions": registry.has_scanned_for_actions,
    "features": features.has_scanned_for_features,
    "action menu": action_menu.BASE_PAGE_ACTION_MENU_ITEMS,
    "permission panels": groups._permission_panel_classes,
    "drafts of blocks": NewsPage.body.field.stream_block._of_drafts,
    "no connection": all(each.connection is None for each in django.db.connections.all()),
}
print([name for name, is_so in filled.items() if not is_so])
"""

MENU = """
from wagtail.admin.menu import admin_menu
print(*sorted(item.name for item in admin_menu.registered_menu_items))
"""
AS_SERVED = "import site_cms.wsgi" + MENU
AFTER_THE_ADDRESSES = "import django; django.setup(); import site_cms.urls" + MENU


def output_of(script: str) -> str:
    environment = {"DJANGO_SETTINGS_MODULE": "site_cms.settings.test"}
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_warm_up__comes_before_the_first_request():
    assert output_of(FILLED).strip() == "[]"


def test_warm_up__keeps_the_menu_items_of_viewsets():
    menu = output_of(AS_SERVED)
    assert menu == output_of(AFTER_THE_ADDRESSES)
    assert {"glossary", "helplines"} <= set(menu.split())
