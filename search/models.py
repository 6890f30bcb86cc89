"""What readers search: one narrow row for each page that they may see, and beside it the words of the page.
The words as the databases match them stand in a table (SQLite) or in columns (PostgreSQL) of their own, which
only `search.engines` reads and writes."""

from django.db import models
from wagtail.models import Locale, Page
from wagtail.search import index


class FacetSet(models.Model):
    """A kind, a year, campaigns and topics that occur together: a site of 50,000 pages has some hundreds of
    these, so that counting hits by them counts everything that readers filter by."""

    key = models.TextField(unique=True)


class Entry(index.Indexed, models.Model):
    """Another search server takes its words from here; the databases' own tables are kept by `search.engines`."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    translation_key = models.UUIDField()
    facets = models.ForeignKey(FacetSet, on_delete=models.PROTECT, related_name="+")
    date = models.DateField()
    """Of the story, or of what else the page is about: newer stands over older."""
    until = models.DateField(null=True)
    """The last day on which everybody whose words stand in it consents; afterwards nobody finds it so."""
    expires = models.DateTimeField(null=True)
    """When the page, or something whose words stand in it, expires; from then on nobody finds it so."""

    # Written by `search.indexer`, all entries of a change at once.
    search_auto_update = False
    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("body"),
        index.FilterField("locale"),
    ]
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["translation_key"], name="search_entry_key")]

    def title(self) -> str:
        return self.text.title

    def body(self) -> str:
        return self.text.body


class Text(models.Model):
    """Apart from the entry, which is read for every hit: the words as they were written, for excerpts."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE)
    title = models.TextField()
    body = models.TextField()

    wagtail_reference_index_ignore = True


class Showing(models.Model):
    """Whose words stand in an entry, by translation key: a piece that is deleted or tied elsewhere is found here
    where it was."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    piece = models.UUIDField(db_index=True)

    wagtail_reference_index_ignore = True


class Word(models.Model):
    """Each word of the entries, with how many of them have it: for suggestions, which look into the columns
    that hold the beginnings and never through all of it."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=80)
    folded = models.CharField(max_length=60)
    letter = models.CharField(max_length=1)
    start = models.CharField(max_length=3)
    second = models.CharField(max_length=3)
    """From the second letter on, where the first is the wrong one."""
    length = models.PositiveSmallIntegerField()
    pages = models.IntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["locale", "word"], name="search_word_once")]
        indexes = [
            models.Index(fields=["locale", "folded"], name="search_word_folded"),
            models.Index(fields=["locale", "start"], name="search_word_start"),
            models.Index(fields=["locale", "letter", "length"], name="search_word_letter"),
            models.Index(fields=["locale", "second"], name="search_word_second"),
        ]
