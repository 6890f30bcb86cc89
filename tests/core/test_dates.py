import datetime

import pytest
from django.utils import translation

from core.templatetags.dates import localdate, timeofday

DAY = datetime.date(2024, 8, 16)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "16 August 2024"),
        ("ru", "16 августа 2024 г."),
        ("tg", "16 август 2024"),
        ("fa-af", "۱۶ اگست ۲۰۲۴"),
    ],
)
def test_localdate__is_written_as_the_language_does(code: str, written: str) -> None:
    assert localdate(DAY, code).replace("\u202f", " ").replace("\xa0", " ") == written


def test_localdate__has_no_leading_zero() -> None:
    assert localdate(datetime.date(2024, 8, 9), "tg") == "9 август 2024"


def test_localdate__takes_the_active_language() -> None:
    with translation.override("ru"):
        assert "августа" in localdate(DAY)


def test_dates__of_nothing_are_empty() -> None:
    assert localdate(None) == ""
    assert timeofday(None) == ""
