"""A confirmation holds for what it let readers see, and not for what was taken out by publishing since."""

from typing import Any

import pytest

from campaigns.models import NewsPage
from core.publishing.confirmation import Confirmation
from core.publishing.forms import CONFIRMED
from core.publishing.gate import Publication, PublishBlocked
from tests import factories
from tests.becoming_public import digest_in, is_live, publish
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, pytest.mark.unconfirmed]


@scene
def story(site):
    return factories.NewsPageFactory(parent=site.news_index, live=False)


def with_face(page, **shown) -> dict[str, Any]:
    return {"lead_image": factories.SiteImageFactory(consent_reference="F2", consent_scope="website", **shown)}


def with_face_in_body(page) -> dict[str, Any]:
    image = with_face(page, shows="adults")["lead_image"]
    return {"body": [("image", {"image": image, "caption": ""})]}


SHOWN = [
    lambda page: with_face(page, shows="minors"),
    lambda page: with_face(page, shows="survivors"),
    with_face_in_body,
]
NOTHING = {"lead_image": None, "body": [("rich_text", "<p>Help desk.</p>")]}


def draft_with(page, fields):
    draft = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def confirm(revision) -> None:
    Confirmation(tuple(Publication(revision.as_object(), None, revision).people)).store(revision)


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("again", ["a new revision", "the old revision"])
def test_what_was_taken_out__is_asked_for_again(story, shown, again):
    fields = shown(story)
    first = draft_with(story, fields)
    confirm(first)
    first.publish()
    draft_with(story, NOTHING).publish()
    live = NewsPage.objects.get(pk=story.pk)
    revision = first if again == "the old revision" else draft_with(story, fields)

    with pytest.raises(PublishBlocked, match="confirm"):
        revision.publish()
    assert NewsPage.objects.get(pk=story.pk).live_revision_id == live.live_revision_id
    if again == "the old revision":
        # Without what the newest draft has left out it is published only once it is restored.
        revision = draft_with(story, fields)
    confirm(revision)
    revision.publish()


def test_editor__asks_again_for_a_face_that_was_taken_out(client, site, story):
    client.force_login(factories.UserFactory(is_superuser=True))
    image = with_face(story, shows="minors")["lead_image"]
    asked = publish(client, story, lead_image=str(image.pk))
    publish(client, story, lead_image=str(image.pk), **{CONFIRMED: digest_in(asked)})
    assert is_live(story)
    assert NewsPage.objects.get(pk=story.pk).lead_image == image

    publish(client, story, lead_image="")
    assert NewsPage.objects.get(pk=story.pk).lead_image is None
    asked = publish(client, story, lead_image=str(image.pk))

    assert asked.status_code == 200
    assert NewsPage.objects.get(pk=story.pk).lead_image is None
    publish(client, story, lead_image=str(image.pk), **{CONFIRMED: digest_in(asked)})
    assert NewsPage.objects.get(pk=story.pk).lead_image == image


def test_confirmed_draft__is_published_though_readers_see_an_older_version(story):
    draft_with(story, NOTHING).publish()
    revision = draft_with(story, with_face(story, shows="minors"))
    confirm(revision)
    later = draft_with(story, {"title": "Another title"})

    later.publish()
    assert NewsPage.objects.get(pk=story.pk).lead_image is not None
