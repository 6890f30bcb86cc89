"""What is known of a unit, one string at one place of one object in one language."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import OfSegment, user_field


class Standing(models.TextChoices):
    """The state of a unit's text, as the view of `UnitRow` decides it."""

    MISSING = "missing", _("not translated")
    NEEDS_REVIEW = "needs_review", _("needs review")
    STALE = "stale", _("out of date: the source has changed")
    TRANSLATED = "translated", _("translated, not reviewed")
    APPROVED = "approved", _("reviewed")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, which are emptied in parts and deleted when they say nothing any more."""

    def stale(self) -> "UnitQuerySet":
        return self.filter(stale_since__isnull=False)

    def approved(self) -> "UnitQuerySet":
        return self.filter(approved_at__isnull=False)

    def unsure(self) -> "UnitQuerySet":
        return self.filter(unsure_since__isnull=False)

    def clear(self, **emptied: Any) -> None:
        """Set these fields, and delete the rows that say nothing then."""
        rows = list(self)
        silent = []
        for row in rows:
            for name, value in emptied.items():
                setattr(row, name, value)
            if not row.says_something:
                silent.append(row.pk)
        self.model.objects.filter(pk__in=silent).delete()
        spoken = [row for row in rows if row.pk not in set(silent)]
        self.model.objects.bulk_update(spoken, list(emptied), batch_size=500)


class Unit(OfSegment):
    """What this site knows of a unit besides its draft text, which is wagtail-localize's `StringTranslation`. A
    row with an approved text outlives its string: those rows are the translation memory as well."""

    source = models.TextField(_("source text"), blank=True)
    """Of the approved text."""
    approved_text = models.TextField(_("approved text"), blank=True)
    approved_by = user_field(_("approved by"), blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    kept_by = user_field(
        _("kept valid by"),
        blank=True,
        help_text=_("Who said that a change of the source was minor and the translation stays valid."),
    )
    kept_at = models.DateTimeField(_("kept valid at"), null=True, blank=True)
    old_source = models.TextField(_("source text that was translated"), blank=True)
    """Before the source changed. This, the text and whether it was approved stay until a text is approved for the
    changed source."""
    old_text = models.TextField(_("translation of the earlier source text"), blank=True)
    was_approved = models.BooleanField(_("was approved"), default=False)
    stale_since = models.DateTimeField(_("out of date since"), null=True, blank=True)
    """Until a translator saves the unit, or an editor calls the change minor."""
    unsure_from = models.CharField(_("came as"), max_length=12, blank=True)
    """The kind of the file that the text came in, until a person saves it: it counts as untranslated."""
    unsure_since = models.DateTimeField(_("unconfirmed since"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit of a translation")
        verbose_name_plural = _("units of translations")
        constraints = [
            models.UniqueConstraint(fields=["object_key", "locale", "path_id", "string_hash"], name="one_unit"),
            models.CheckConstraint(
                condition=Q(approved_text="", approved_at=None, approved_by=None, kept_at=None)
                | Q(~Q(approved_text=""), approved_at__isnull=False),
                name="unit_approved_with_date",
            ),
            models.CheckConstraint(
                condition=Q(kept_by=None) | Q(kept_at__isnull=False), name="unit_kept_with_date"
            ),
            models.CheckConstraint(
                condition=Q(old_source="", old_text="", was_approved=False, stale_since=None) | ~Q(old_source=""),
                name="unit_stale_with_source",
            ),
            models.CheckConstraint(
                condition=Q(unsure_from="", unsure_since=None) | Q(~Q(unsure_from=""), unsure_since__isnull=False),
                name="unit_unsure_with_date",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=False) | ~Q(old_source="") | Q(unsure_since__isnull=False),
                name="unit_says_something",
            ),
        ]
        indexes = [models.Index(fields=["string_hash", "locale"], name="unit_memory")]

    def __str__(self) -> str:
        return (self.approved_text or self.old_text or self.path)[:80]

    @property
    def says_something(self) -> bool:
        """Whether there is an approved text, an earlier source or an unconfirmed text."""
        return bool(self.approved_at or self.old_source or self.unsure_since)


CONFIRMED = {"unsure_from": "", "unsure_since": None}
"""What `UnitQuerySet.clear` empties when a person confirms a text that came in a file."""
UP_TO_DATE = {"stale_since": None}
"""When a translator saves a stale text: the earlier texts stay for the reviewer."""
APPROVED_ANEW = {"old_source": "", "old_text": "", "was_approved": False, "stale_since": None}
"""When a text is approved for the changed source."""


class UnitRow(models.Model):
    """A row of the database view `translation_unitrow`: a unit of a translation, its draft text, what its `Unit`
    says, and the state of all this. Ask it for one translation or one export: PostgreSQL plans long for more."""

    segment = models.BigIntegerField(primary_key=True)
    """Once for each translation of the source."""
    translation = models.BigIntegerField()
    object_key = models.UUIDField()
    locale = models.BigIntegerField()
    order = models.IntegerField()
    context = models.BigIntegerField()
    path = models.TextField()
    path_id = models.UUIDField()
    field_path = models.TextField()
    string = models.BigIntegerField()
    string_hash = models.UUIDField()
    source = models.TextField()
    attrs = models.TextField()
    wording = models.BigIntegerField(null=True)
    """The primary key of the `StringTranslation`."""
    text = models.TextField()
    has_error = models.BooleanField()
    field_error = models.TextField()
    translation_type = models.TextField()
    tool = models.TextField()
    translator = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField(null=True)
    approved = models.TextField(null=True)  # noqa: DJ001  # None without a row, as the left join says
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    old_source = models.TextField()
    old_text = models.TextField()
    was_approved = models.BooleanField()
    stale_since = models.DateTimeField(null=True)
    unsure_from = models.TextField()
    unsure_since = models.DateTimeField(null=True)
    standing = models.TextField(choices=Standing)

    class Meta:
        verbose_name = _("unit with its texts")
        verbose_name_plural = _("units with their texts")
        managed = False
        db_table = "translation_unitrow"
