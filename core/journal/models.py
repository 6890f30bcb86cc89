from django.db import models


class JournalEntry(models.Model):
    """An entry of the journal (`core.journal`) that the journal's file does not mark as done yet. It is created in
    the transaction that it describes, and deleted once the file marks it as done."""

    id = models.CharField(max_length=32, primary_key=True)
    line = models.JSONField()
    is_in_file = models.BooleanField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.id
