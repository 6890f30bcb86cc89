"""A translation that was stopped, and follows its source again only with what a reviewer approved."""

from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from home.models import SectionPage
from tests import factories
from tests.forms import section_form
from tests.going_live import messages_of
from tests.lives import delete_url, kept, restore
from tests.scenes import scene
from tests.translating import Newsroom, edit_url, loaded, translation_into
from tests.typed import Response
from translation.models import WholeApproval
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db


@scene
def section(site, newsroom: Newsroom) -> SectionPage:
    page = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    newsroom.bring_live(page, "ru")
    return page


def stop(newsroom: Newsroom, section: SectionPage) -> None:
    translation = translation_into(section, "ru")
    newsroom.as_(newsroom.publisher).post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))


def published_before(section: SectionPage, title: str) -> None:
    """As could be done before it was asked who has reviewed it."""
    target = target_of(translation_into(section, "ru"))
    assert target is not None
    target.title = title
    loaded(target.save_revision())
    WholeApproval.objects.all().delete()


def publish(newsroom: Newsroom, section: SectionPage, title: str) -> None:
    form = section_form(title=title, slug="work", **{"action-publish": "action-publish"})
    newsroom.as_(newsroom.publisher).post(edit_url(target_of(translation_into(section, "ru"))), form)


def restart(newsroom: Newsroom, section: SectionPage) -> Response:
    url = edit_url(target_of(translation_into(section, "ru")))
    return newsroom.as_(newsroom.publisher).post(url, {"localize-restart-translation": "1"})


def fits(capsys) -> bool:
    with suppress(CommandError):
        call_command("check_translations")
    return "No inconsistencies." in capsys.readouterr().out


def test_restart__of_what_was_published_without_review_is_refused(newsroom, section, client):
    stop(newsroom, section)
    published_before(section, "Unread")
    assert "Unread" in client.get("/ru/work/").content.decode()

    response = restart(newsroom, section)

    assert "is not approved" in messages_of(response)
    assert not translation_into(section, "ru").enabled


def test_restart__of_what_is_as_approved_is_as_ever(newsroom, section, capsys):
    stop(newsroom, section)
    published_before(section, "Unread")
    publish(newsroom, section, "Our work [ru]")

    restart(newsroom, section)

    assert translation_into(section, "ru").enabled
    assert fits(capsys)


def test_restart__of_what_is_offline_waits_for_review(newsroom, section, capsys):
    stop(newsroom, section)
    published_before(section, "Unread")
    target_of(translation_into(section, "ru")).unpublish()

    restart(newsroom, section)
    newsroom.publish(translation_into(section, "ru"))

    assert translation_into(section, "ru").enabled
    assert target_of(translation_into(section, "ru")).title == "Our work [ru]"
    assert fits(capsys)


def test_restored_original__leaves_stopped_what_was_published_without_review(newsroom, section, capsys):
    newsroom.as_(newsroom.publisher).post(delete_url(section), {"other_languages": "only_this"})
    published_before(section, "Unread")

    response = restore(newsroom, kept(section))

    assert "is not approved" in messages_of(response)
    assert not translation_into(section, "ru").enabled
    assert not fits(capsys)
    publish(newsroom, section, "Our work [ru]")
    restart(newsroom, section)
    assert translation_into(section, "ru").enabled
    assert fits(capsys)
