"""What the tests of the list “Becomes public” share."""

from typing import Any

from bs4 import BeautifulSoup
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.publishing.forms import CONFIRMED
from tests.going_live import edit_url

NAME = "Zarina Sodiqova"
WORDS = "I came home."


def story_data(story, **fields) -> dict[str, Any]:
    relations = ("project_ties", "partner_ties", "campaign_ties", "sdg_ties")
    values = {
        "title": story.title,
        "slug": story.slug,
        "date": "2024-08-16",
        "dateline_date": "",
        "summary": story.summary,
        "lead_image": str(story.lead_image_id or ""),
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        **{name: inline_formset([]) for name in relations},
        "places": tied(story.places.all(), "place"),
        "topic_ties": tied(story.topic_ties.all(), "topic"),
    }
    return nested_form_data({**values, **fields})


def tied(rows, field: str) -> dict[str, Any]:
    values = [{"id": str(row.pk), field: str(getattr(row, f"{field}_id"))} for row in rows]
    return inline_formset(values, initial=len(values))


def publish(client, page, **fields):
    return client.post(edit_url(page), story_data(page, **{"action-publish": "1", **fields}))


def panel_of(response):
    return BeautifulSoup(response.content, "html.parser").find("fieldset", class_="becomes-public")


def digest_in(response) -> str:
    return panel_of(response).find("input", {"name": CONFIRMED})["value"]


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live
