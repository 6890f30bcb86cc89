"""What the tests of the publishing gate share."""

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

NO_ALT = "has no alternative text"


def page_data(page=None, **fields) -> dict[str, Any]:
    """What the editor sends."""
    values = {
        "title": page.title if page else "A page",
        "slug": page.slug if page else "a-page",
        "introduction": "",
        "lead_image": str(page.lead_image_id or "") if page else "",
        "seo_title": "",
        "search_description": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(values)


def with_voices(story, *quotes):
    story.body = [("voices", {"heading": "", "limit": 3, "picks": list(quotes), "only_picked": True})]
    story.save()
    return story


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def assert_nothing_published(page: Page, client: Client) -> None:
    page = Page.objects.get(pk=page.pk).specific
    assert not page.live
    assert page.live_revision is None
    assert page.first_published_at is None
    logged = set(log_registry.get_logs_for_instance(page).values_list("action", flat=True))
    assert not logged & {"wagtail.publish", "wagtail.publish.scheduled", "wagtail.publish.schedule"}
    assert client.get(page.get_url()).status_code == 404


def messages_of(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
