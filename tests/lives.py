"""What the tests of moving, taking down and deleting share."""

import datetime
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import StringTranslation

from core.typed import Translatable
from tests import factories
from tests.translating import Newsroom
from tests.typed import Response
from translation.models import DeletedObject, Unit

AHEAD = datetime.timedelta(days=2)


def pass_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until what is `AHEAD` has come."""
    later = timezone.now() + 2 * AHEAD
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    call_command("publish_scheduled", stderr=io.StringIO())


def publisher_of(page: Page) -> Client:
    """Of the tree beneath this page, and of nothing else."""
    user = factories.UserFactory(groups=["Publishing"])
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    client = Client()
    client.force_login(user)
    return client


def rows(thing: Translatable) -> dict[str, Any]:
    """By language."""
    found = type(thing)._base_manager.filter(translation_key=thing.translation_key).select_related("locale")
    return {row.locale.language_code: row for row in found}


def live_in(thing: Translatable) -> set[str]:
    return {code for code, row in rows(thing).items() if row.live}


def delete_url(thing: models.Model) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:delete", args=[thing.pk])
    return reverse("wagtailsnippets_campaigns_quote:delete", args=[thing.pk])


def kept(thing: Translatable, code: str = "en") -> DeletedObject | None:
    return DeletedObject.objects.filter(object_key=thing.translation_key, locale__language_code=code).first()


def restore(newsroom: Newsroom, deleted: DeletedObject | None, everything: bool = True) -> Response:
    assert deleted is not None
    sent: dict[str, Any] = {"with": list(DeletedObject.objects.values_list("pk", flat=True))} if everything else {}
    sent["chosen"] = "1"
    return newsroom.as_(newsroom.publisher).post(reverse("translation_life:restore", args=[deleted.pk]), sent)


def memory() -> set[tuple[Any, ...]]:
    wordings = Unit.objects.approved().values_list("object_key", "locale_id", "path", "approved_text")
    strings = StringTranslation.objects.values_list("context__object_id", "locale_id", "context__path", "data")
    return {*wordings, *strings}
