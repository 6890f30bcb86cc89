"""The table of what lists show, ordered and indexed for it. `campaigns.listings` writes and reads it."""

from django.db import models
from django.db.models import Case, F, Q, When
from wagtail.models import Locale

STORIES = "stories"
PARTNERS = "partners"


class Listing(models.Model):
    """An object in a list, for the readers of one language. View restrictions, live state and consent are
    conditions at reading: a row that is too old shows nothing that was withdrawn."""

    kind = models.CharField(max_length=16)
    """STORIES, PARTNERS or the name of a kind in `campaigns.kinds`."""
    scope = models.UUIDField()
    """What the list belongs to: the translation key of a campaign, topic, project or story, or SITE of
    `campaigns.listings.rows`."""
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The language of the readers."""
    key = models.UUIDField()
    """The translation key of the object."""
    newest = models.IntegerField(default=0)
    """The newness of the source language: a day as 20260730, a year as 20260000, 0 if there is none."""
    original = models.BigIntegerField()
    """The primary key of the source language, which orders what is equally new."""
    row = models.BigIntegerField()
    """The primary key of the language that these readers see."""
    own = models.BooleanField()
    """Whether this is their own language."""
    story = models.UUIDField(null=True)
    """The translation key of the source story of material."""
    tied = models.BooleanField(default=True)
    """Whether the object itself belongs to `scope`, and not only its source story does."""
    story_day = models.IntegerField(default=0)
    """The day of the source story if that belongs to `scope`, as in `newest`."""
    other_day = models.GeneratedField(
        expression=Case(When(~Q(story_day=F("newest")) | Q(story_day=0), then="story_day")),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    """`story_day`, unless the object is as new as that."""
    until = models.DateField(null=True)
    """The last day on which consent holds, if it ends."""
    published = models.DateTimeField(null=True)
    """When a story in the readers' own language was first published; feeds are ordered by it."""

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "scope", "locale", "key"], name="campaigns_listing_once")
        ]
        indexes = [
            models.Index(
                fields=["kind", "scope", "locale", "-newest", "-original"], name="campaigns_listing_newest"
            ),
            models.Index(
                fields=["kind", "scope", "locale", "other_day", "-newest", "-original"],
                name="campaigns_listing_other_day",
            ),
            models.Index(fields=["key"], name="campaigns_listing_key"),
            models.Index(fields=["story"], condition=Q(story__isnull=False), name="campaigns_listing_story"),
            models.Index(
                fields=["scope", "locale", "-published", "-row"],
                condition=Q(published__isnull=False),
                name="campaigns_listing_feed",
            ),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="campaigns_listing_until"),
        ]


class ListedMonth(models.Model):
    """The number of stories of one month in a list. A list is as long as the sum of its months, and the months say
    where one of its pages begins, without reading what stands before it."""

    scope = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.IntegerField()
    """As 202607; 0 for stories without a date."""
    stories = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "locale", "month"], name="campaigns_listed_month_once")
        ]


class ListingState(models.Model):
    """The only row says what the table of lists was made for. Whoever writes the table locks it."""

    made_for = models.TextField()

    wagtail_reference_index_ignore = True
