from decimal import Decimal

import pytest
from django.utils import translation

from core.languages.cldr import comma, direction, number, numerals
from core.templatetags.dates import digits


@pytest.mark.parametrize(
    ("code", "written"), [("en", "1,234.5"), ("fa-af", "۱٬۲۳۴٫۵"), ("ckb", "١٬٢٣٤٫٥"), ("qaa-arab", "1,234.5")]
)
def test_number__is_written_as_the_language_does(code: str, written: str) -> None:
    assert number(Decimal("1234.5"), code) == written


def test_digits__of_a_year_have_no_thousands_and_the_rest_stays() -> None:
    with translation.override("fa-af"):
        assert digits(2024) == "۲۰۲۴"
        assert digits("12.5 MB") == "۱۲.۵ MB"
        assert digits(2024, "en") == "2024"
        assert digits(None) == ""
    assert numerals(2024, "tg") == "2024"


@pytest.mark.parametrize(
    ("code", "way", "mark"),
    [("en", "ltr", ","), ("tg", "ltr", ","), ("fa-af", "rtl", "،"), ("he", "rtl", ","), ("qaa-arab", "rtl", ",")],
)
def test_direction_and_comma__are_the_languages(code: str, way: str, mark: str) -> None:
    assert (direction(code), comma(code)) == (way, mark)
