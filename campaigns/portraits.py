"""Whose photograph readers see."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from campaigns.drawing import model
from core.visibility import visible_pages, visible_rows


def people_seen(restrictions: QuerySet) -> QuerySet:
    """Return the rows of people whose words readers see somewhere: of a live quote with consent that comes from no
    story or from one that they see. `restrictions` on pages are those that the reader has not passed."""
    quotes = model("Quote")
    said = visible_rows(quotes.objects.filter(speaker__translation_key=OuterRef("translation_key")))
    # Consent is one thing for all languages of a quote.
    lacking = quotes._base_manager.filter(quotes.consent_missing_q(), translation_key=OuterRef("translation_key"))
    stories = Page.objects.filter(translation_key=OuterRef("source__translation_key"))
    free = Q(source__isnull=True) | Q(Exists(visible_pages(stories, restrictions)))
    people = visible_rows(model("Person").objects.order_by())
    return people.filter(Exists(said.filter(free, ~Exists(lacking))))
