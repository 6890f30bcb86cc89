"""The people whose photographs readers may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from campaigns.models import Person, Quote
from core.visibility import Viewpoint, visible_pages, visible_rows


def people_seen(viewpoint: Viewpoint) -> QuerySet[Any]:
    """Return the people visible at the viewpoint who have at least one visible quote with consent in every
    language, which comes from no story or from a visible one."""
    quotes = Quote
    said = visible_rows(quotes.objects.filter(speaker__translation_key=OuterRef("translation_key")), viewpoint)
    # Consent that is missing in one language of a quote is missing in all.
    without_consent = quotes._base_manager.filter(quotes.consent_missing_q(viewpoint.today))
    lacking = without_consent.filter(translation_key=OuterRef("translation_key"))
    stories = Page.objects.filter(translation_key=OuterRef("source__translation_key"))
    free = Q(source__isnull=True) | Q(Exists(visible_pages(stories, viewpoint)))
    people = visible_rows(Person.objects.order_by(), viewpoint)
    return people.filter(Exists(said.filter(free, ~Exists(lacking))))
