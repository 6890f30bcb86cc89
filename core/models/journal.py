from django.db import models


class JournalEntry(models.Model):
    """An entry of the journal (`core.journal`) whose transaction is committed and which the file does not call
    done yet. Written in that transaction; deleted once the file says so."""

    id = models.CharField(max_length=32, primary_key=True)
    line = models.JSONField()
    is_in_file = models.BooleanField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.id
