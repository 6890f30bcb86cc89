import datetime
import io

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import GroupPagePermission, Page, Revision
from wagtail.users.models import UserProfile

from core.publishing.schedule import ACTION
from home.models import ContentPage
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def due(page, minutes: int = 60, user=None) -> Revision:
    return page.save_revision(user=user, approved_go_live_at=timezone.now() - datetime.timedelta(minutes=minutes))


@scene
def blocked(section):
    """Was well when it was scheduled; since then the consent has been withdrawn."""
    image = factories.SiteImageFactory(people=True)
    page = factories.ContentPageFactory(
        parent=section, live=False, lead_image=image, owner=factories.UserFactory(email="owner@example.org")
    )
    due(page, minutes=90, user=factories.UserFactory(email="editor@example.org"))
    image.consent_withdrawn = datetime.date.today()
    image.save()
    return page


@scene
def publishers(section):
    user = factories.UserFactory(email="publisher@example.org", groups=["Publishing"])
    factories.UserFactory(email="", groups=["Publishing"])
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=section, permission=permission)
    return group


def test_blocked__stays_scheduled_while_the_next_go_on(section, blocked):
    good = factories.ContentPageFactory(parent=section, live=False)
    due(good)

    call_command("publish_scheduled", stderr=io.StringIO())

    assert Page.objects.get(pk=good.pk).live
    assert not Page.objects.get(pk=blocked.pk).live
    assert Revision.objects.get(pk=blocked.latest_revision_id).approved_go_live_at


def test_blocked__goes_live_by_itself_once_it_is_mended(blocked):
    call_command("publish_scheduled", stderr=io.StringIO())
    type(blocked.lead_image).objects.update(consent_withdrawn=None)

    call_command("publish_scheduled")

    assert ContentPage.objects.get().live


def test_blocked__is_logged_and_mailed_to_who_can_mend_it(blocked, publishers, mailoutbox):
    call_command("publish_scheduled", stderr=io.StringIO())

    (entry,) = log_registry.get_logs_for_instance(blocked).filter(action=ACTION)
    assert entry.revision == blocked.latest_revision
    assert "The consent was withdrawn" in entry.message
    assert {mail.to[0] for mail in mailoutbox} == {
        "owner@example.org",
        "editor@example.org",
        "publisher@example.org",
    }
    to_publisher = next(mail for mail in mailoutbox if mail.to == ["publisher@example.org"])
    assert blocked.title in to_publisher.subject
    assert "The consent was withdrawn" in to_publisher.body
    assert f"/admin/pages/{blocked.pk}/edit/" in to_publisher.body


def test_blocked__is_told_once_for_the_same_reasons(blocked, mailoutbox):
    for _attempt in range(3):
        call_command("publish_scheduled", stderr=io.StringIO())
    assert len(mailoutbox) == 2

    blocked.lead_image.alt_texts = {}
    blocked.lead_image.save()
    call_command("publish_scheduled", stderr=io.StringIO())

    assert len(mailoutbox) == 4
    assert log_registry.get_logs_for_instance(blocked).filter(action=ACTION).count() == 2


def test_mail__is_written_in_its_readers_language(blocked, mailoutbox, settings):
    UserProfile.get_for_user(blocked.owner)
    blocked.owner.wagtail_userprofile.preferred_language = "ru"
    blocked.owner.wagtail_userprofile.save()

    call_command("publish_scheduled", stderr=io.StringIO())

    mail = next(mail for mail in mailoutbox if mail.to == ["owner@example.org"])
    assert f"{datetime.date.today().year} г." in mail.body


def test_expired__is_taken_offline(section):
    page = factories.ContentPageFactory(parent=section, expire_at=timezone.now() - HOUR)
    quote = factories.QuoteFactory(expire_at=timezone.now() - HOUR)

    call_command("publish_scheduled")

    for subject in (page, quote):
        subject.refresh_from_db()
        assert (subject.live, subject.expired) == (False, True)


def test_unexpected_error__holds_up_nothing_and_is_not_kept_quiet(section, monkeypatch, caplog):
    broken, good = (factories.ContentPageFactory(parent=section, live=False) for _ in range(2))
    due(broken, minutes=90)
    due(good)
    publish = ContentPage.publish

    def fail_once(page, revision, **kwargs):
        if page.pk == broken.pk:
            raise RuntimeError("No space left")
        return publish(page, revision, **kwargs)

    monkeypatch.setattr(ContentPage, "publish", fail_once)

    with pytest.raises(CommandError, match="1 failed"):
        call_command("publish_scheduled")

    assert Page.objects.get(pk=good.pk).live
    assert "No space left" in caplog.text


def test_dry_run__changes_nothing(section, capsys):
    page = factories.ContentPageFactory(parent=section, live=False)
    due(page)

    call_command("publish_scheduled", dryrun=True)

    assert not Page.objects.get(pk=page.pk).live
