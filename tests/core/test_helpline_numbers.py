"""A number as people type it, and what a telephone dials."""

import pytest
from django.core.exceptions import ValidationError

from core.helplines.numbers import dialled, found_in, parse


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
        ("1313 1414", ["1313", "1414"]),
        ("13-13", ["1313"]),
        ("1313 (24/7)", ["1313"]),
        ("1313 (9-17)", ["1313"]),
        ("1313 (24 hours)", ["1313"]),
        ("1313 (8.00-20.00)", ["1313"]),
        ("1313, 8.00 - 20.00", ["1313"]),
        ("+992 44 600 12 34 (24/7)", ["+992446001234"]),
        ("1313 from 08.00 to 20.00", ["1313"]),
        ("1313, since 2019", ["1313"]),
        ("call 1919", ["1919"]),
        ("1313 (1414)", ["1313", "1414"]),
        ("600-12-34 (mobile: 93 500-00-00)", ["6001234", "935000000"]),
        ("(+992 37) 221-00-00", ["+992372210000"]),
        ("+992.44.600.12.34", ["+992446001234"]),
    ],
)
def test_numbers__are_found_in_a_text(text, numbers):
    assert [number.tel for number in found_in(text)] == numbers


@pytest.mark.parametrize(
    ("typed", "tel"),
    [
        ("112", "112"),
        ("116123", "116123"),
        ("44-600-12-34", "446001234"),
        ("44 600-12-34", "446001234"),
        ("44 600 1234", "446001234"),
        ("446001234", "446001234"),
        ("600-12-34", "6001234"),
        ("000-00-00", "0000000"),
        ("(372) 21-23-45", "372212345"),
        ("(83422) 2-21-12", "8342222112"),
        ("8 800 555-35-35", "88005553535"),
        ("8 (800) 555 35 35", "88005553535"),
        ("0799 123 456", "0799123456"),
        ("۰۷۹ ۹۱۲ ۳۴۵۶", "0799123456"),
        ("٤٤ ٦٠٠-١٢-٣٤", "446001234"),
        ("+992 (44) 600-12-34", "+992446001234"),
        ("+992446001234", "+992446001234"),
        ("+7 495 123-45-67", "+74951234567"),
        ("+۹۳ ۷۹ ۹۱۲ ۳۴۵۶", "+93799123456"),
    ],
)
def test_number__of_each_written_form_is_taken(typed, tel):
    assert parse(typed).tel == tel


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1313 1414", "several"),
        ("۱۳۱۳ ۱۴۱۴", "several"),
        ("١٣١٣-١٤١٤", "several"),
        ("1313-1414", "several"),
        ("1313–1414", "several"),
        ("1313 - 1414", "several"),
        ("1313.1414", "several"),
        ("(1313) 1414", "several"),
        ("+1313 1414", "several"),
        ("112 102 103", "several"),
        ("2026-2027", "several"),
        ("1313 (24)", "form"),
        ("1313 24-7", "form"),
        ("1313 600-12-34", "form"),
        ("112 600-12-34", "form"),
        ("13-13", "form"),
        ("8-18", "form"),
        ("08-00 18-00", "form"),
        ("0800-1800", "form"),
        ("8.00-18.00", "words"),
        ("2-2-2027", "form"),
        ("02-02-2027", "form"),
        ("2027-02-02", "form"),
        ("+2027-02-02", "form"),
        ("2.2.2027", "words"),
        ("12-05-27", "form"),
        ("+0000000", "form"),
        ("+112", "form"),
        ("+992 (44", "form"),
        ("0093700123456", "form"),
        ("000", "form"),
        ("00", "digits"),
        ("۰۰", "digits"),
        ("+992 446001234567890", "digits"),
    ],
)
def test_number__that_might_be_several_or_none_is_refused(typed, code):
    with pytest.raises(ValidationError) as refused:
        parse(typed)

    assert refused.value.code == code


@pytest.mark.parametrize(("stored", "tel"), [("13-13", "1313"), ("1313 1414", "13131414"), ("+۹۹۲ ۴۴", "+99244")])
def test_number__stored_before_is_still_shown(stored, tel):
    assert dialled(stored).tel == tel
