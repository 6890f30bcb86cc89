"""Parsing of numbers as people type them: 1 200,5 · 1,200.5 · ۱۲۰۰٫۵. Ambiguous numbers are refused."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩−‒–", "0123456789" * 2 + "---")
_MARKS_OF_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Separators of thousands: spaces of all kinds, apostrophes, and the Persian separator.
_GROUPING = r"[ \u00a0\u2007\u2009\u202f'’٬]"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)\s*(?:(?P<grouped>\d{{1,3}}(?:{_GROUPING}\d{{3}})+)|(?P<plain>\d+))?"
    r"(?:(?P<mark>[.,٫])(?P<decimals>\d+))?"
)
_BOTH_MARKS = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<whole>\d{1,3}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*)"
    r"(?:(?!(?P=group))[.,٫](?P<decimals>\d+))?"
)
_EITHER_WAY = re.compile(r"[+-]?\s*[1-9]\d{0,2},\d{3}")


def number_from(text: object) -> Decimal:
    """Return the number in a text, with any usual separators and digits. Raise ValidationError if it is not a
    number, or if it may be read in two ways, like 1,200."""
    text = _MARKS_OF_DIRECTION.sub("", str(text)).strip().translate(_DIGITS)
    if _EITHER_WAY.fullmatch(text):
        joined, point = text.replace(",", ""), text.replace(",", ".")
        message = _("“%(text)s” is ambiguous: enter %(joined)s or %(point)s.")
        raise ValidationError(message % {"text": text, "joined": joined, "point": point}, code="invalid")
    whole = ""
    if found := _NUMBER.fullmatch(text):
        whole = re.sub(_GROUPING, "", found["grouped"] or found["plain"] or "")
    elif found := _BOTH_MARKS.fullmatch(text):
        whole = re.sub("[.,]", "", found["whole"])
    if not found or not (whole or found["decimals"]):
        raise ValidationError(_("Enter a number, such as 1200.5 or 1 200,5."), code="invalid")
    decimals = f".{found['decimals']}" if found["decimals"] else ""
    return Decimal(f"{found['sign']}{whole or 0}{decimals}")


class NumberField(forms.DecimalField):
    """A decimal field that is shown as a text input: browsers' number inputs drop characters that their own
    language does not use in numbers, so that “1 200,5” would be sent as 12005."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs})

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # an int in django-stubs
        """Return the number in a typed value, or None if it is empty. Raise ValidationError for what is no number
        or ambiguous, as `number_from`."""
        if value in self.empty_values or isinstance(value, Decimal | int | float):
            return super().to_python(value)
        return super().to_python(f"{number_from(value):f}")


class NumberBlock(blocks.DecimalBlock):
    """A decimal block with a NumberField. It is named `DecimalBlock` in migrations, as it stores the same
    values."""

    def __init__(
        self,
        *args: Any,
        required: bool = True,
        help_text: str | None = None,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        max_digits: int | None = None,
        decimal_places: int | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, required=required, help_text=help_text, **kwargs)
        self.field = NumberField(
            required=required,
            help_text=help_text,
            min_value=min_value,
            max_value=max_value,
            max_digits=max_digits,
            decimal_places=decimal_places,
        )

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.DecimalBlock", args, kwargs
