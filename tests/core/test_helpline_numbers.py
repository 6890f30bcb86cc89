"""A number as people type it, and what a telephone dials."""

import pytest
from django.core.exceptions import ValidationError

from core.helplines.numbers import found_in, parse


@pytest.mark.parametrize(
    ("typed", "shown", "tel"),
    [
        ("۱۳۱۳", "1313", "1313"),
        ("١٣١٣", "1313", "1313"),
        ("+992 44 600 12 34", "+992 44 600 12 34", "+992446001234"),
        ("  000-00-00 ", "000-00-00", "0000000"),
        ("(44)\u00a0600\u201112\u201134", "(44) 600-12-34", "446001234"),
        ("\u202a+۹۹۲ ۴۴ ۶۰۰\u202c", "+992 44 600", "+99244600"),
    ],
)
def test_number__is_dialled_in_ascii_digits(typed, shown, tel):
    number = parse(typed)

    assert (number.shown, number.tel) == (shown, tel)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1313, 1414", "several"),
        ("1313; ۱۴۱۴", "several"),
        ("1313 / 1414", "several"),
        ("1313\n1414", "several"),
        ("1313، 1414", "several"),
        ("+992 44 600 12 34 +992 44 600 12 35", "several"),
        ("1313 (free)", "words"),
        ("1313 or 1414", "words"),
        ("ask us", "words"),
        ("+", "words"),
        ("1", "digits"),
        ("1234567890123456", "digits"),
        ("", "words"),
        ('1313" onclick="x', "words"),
    ],
)
def test_number__is_refused(typed, code):
    with pytest.raises(ValidationError) as refused:
        parse(typed)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1313 (free)", ["1313"]),
        ("1313, 1414", ["1313", "1414"]),
        ("۱۳۱۳", ["1313"]),
        ("Call +992 44 600 12 34 or 1414!", ["+992446001234", "1414"]),
        ("ask us", []),
    ],
)
def test_numbers__are_found_in_a_text(text, numbers):
    assert [number.tel for number in found_in(text)] == numbers
