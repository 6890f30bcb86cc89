"""The index that readers search: one narrow row for each page that they may see, and its text in another table.
The words for full-text search are in a virtual table (SQLite) or in further columns of `search_entry`
(PostgreSQL), which only `search.engines` reads and writes."""

from django.db import models
from wagtail.models import Locale, Page


class FacetSet(models.Model):
    """A combination of kind, year, campaigns and topics that occurs. A site of 50,000 pages has some hundreds of
    these: counting hits for each of them is enough to count the options of all filters."""

    key = models.TextField(unique=True)


class Entry(models.Model):
    """The entry of a page in one language; its full-text data is written by `search.engines`."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    translation_key = models.UUIDField()
    facets = models.ForeignKey(FacetSet, on_delete=models.PROTECT, related_name="+")
    date = models.DateField()
    """Date of the story or of the subject of the page. Newer entries come first."""
    until = models.DateField(null=True)
    """Last day on which all consents to the entry's content hold. Afterwards it is not found until it is written
    again."""
    expires = models.DateTimeField(null=True)
    """Time at which the page or material in the entry expires. From then on it is not found until it is written
    again."""

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["translation_key"], name="search_entry_key")]


class Text(models.Model):
    """Title and text of an entry as they were written, for excerpts. A table of its own, because the entry is read
    for every hit."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE)
    title = models.TextField()
    body = models.TextField()

    wagtail_reference_index_ignore = True


class Showing(models.Model):
    """Material whose text is in an entry, by translation key. Material that was deleted, or tied to another page,
    is found here on the pages that showed it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    piece = models.UUIDField(db_index=True)

    wagtail_reference_index_ignore = True


class Word(models.Model):
    """A word of the entries in one language, with the number of entries that have it, for suggestions. The columns
    with beginnings are indexed, so that no query reads the whole table."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=80)
    folded = models.CharField(max_length=60)
    letter = models.CharField(max_length=1)
    start = models.CharField(max_length=3)
    second = models.CharField(max_length=3)
    """Second to fourth letter, for words whose first letter is mistyped."""
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
