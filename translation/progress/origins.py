"""Where the texts of units come from: translation memory, machine, file or hand."""

from collections import defaultdict

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringSegment, StringTranslation

from translation.models import MachineText
from translation.units import memory
from translation.units.origins import BY_HAND


class Share(TextChoices):
    """Where a text comes from, as the report counts it. Texts that somebody has edited since count as what they
    were made from, except those of the equal string."""

    EXACT = "exact", _("memory, equal string")
    SIMILAR = "similar", _("memory, similar string")
    FOREIGN = "foreign", _("memory, file of another program")
    MACHINE = "machine", _("machine")
    FILE = "file", _("imported file")
    HAND = "hand", _("by hand")


def shares() -> dict[int, dict[str, int]]:
    """Return how many units with a text come from where, by the id of the language, with zeros (one query). Only
    units of translations that were not stopped count, each once."""
    in_use = StringSegment.objects.filter(
        string=OuterRef("translation_of"),
        context=OuterRef("context"),
        source__translations__target_locale=OuterRef("locale"),
        source__translations__enabled=True,
    )
    suggested = MachineText.objects.filter(
        object_key=OuterRef("context__object_id"),
        locale=OuterRef("locale"),
        path_id=OuterRef("context__path_id"),
        string_hash=OuterRef("translation_of__data_hash"),
    )
    came = Case(
        When(tool_name=memory.TOOL, then=Value(Share.EXACT)),
        When(tool_name=memory.SIMILAR, then=Value(Share.SIMILAR)),
        When(tool_name=memory.FOREIGN, then=Value(Share.FOREIGN)),
        When(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE, then=Value(Share.MACHINE)),
        When(~Q(tool_name__in=("", *BY_HAND)), then=Value(Share.FILE)),
        When(Exists(suggested), then=Value(Share.MACHINE)),
        default=Value(Share.HAND),
        output_field=CharField(),
    )
    rows = StringTranslation.objects.filter(Exists(in_use)).annotate(came=came)
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Share.values, 0))
    for locale, came_from, count in rows.order_by().values_list("locale", "came").annotate(count=Count("pk")):
        found[locale][came_from] = count
    return dict(found)
