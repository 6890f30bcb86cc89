"""The block for charts."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import ListBlockValidationError, StructBlockValidationError

from core.design.charts import Point, draw
from core.languages.cldr import number
from core.languages.numbers import NumberBlock
from core.languages.site_languages import active_code

from .base import SectionBlock

MOST = 10**13


class ChartPointBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=60)
    # Limited to numbers that readers can grasp; much larger ones also break Babel's formatting.
    value = NumberBlock(label=_("Value"), min_value=-MOST, max_value=MOST, max_digits=20, decimal_places=6)


class ChartBlock(SectionBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("bars", _("Bars")), ("line", _("Line")), ("share", _("Shares of a whole"))],
        default="bars",
    )
    description = blocks.TextBlock(
        label=_("Description in one sentence"),
        rows=2,
        help_text=_("Read by screen readers instead of the chart. Say what the chart shows."),
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=40)
    points = blocks.ListBlock(ChartPointBlock(), label=_("Values"), min_num=2, max_num=24)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "table"
        label = _("Chart")
        description = _("Bars, a line or shares, with the numbers as a table")
        template = "blocks/chart.html"
        preview_value = {
            "heading": _("Young people at the camp"),
            "kind": "bars",
            "description": _("The number of participants has grown every year."),
            "unit": _("participants"),
            "points": [
                {"label": "2022", "value": 21},
                {"label": "2023", "value": 34},
                {"label": "2024", "value": 43},
            ],
            "source": _("Sample data"),
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        negative = [place for place, point in enumerate(cleaned["points"]) if (point["value"] or 0) < 0]
        if cleaned["kind"] == "share" and negative:
            message = ValidationError(_("Shares cannot be negative. Choose bars or a line instead."))
            errors = {place: StructBlockValidationError({"value": message}) for place in negative}
            raise StructBlockValidationError({"points": ListBlockValidationError(block_errors=errors)})
        return cleaned

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context with the chart as `svg` and its points as `rows`. Points without a value, which a
        draft may have, are left out."""
        points = [
            Point(point["label"], size, number(size, active_code()))
            for point in value["points"]
            if point["value"] is not None  # a draft may have points without a value
            for size in [Decimal(str(point["value"]))]
        ]
        svg = draw(value["kind"], value["heading"], value["description"], points)
        return {**super().get_context(value, parent_context), "svg": svg, "rows": points}
