import datetime
from typing import Any

import pytest
from django.utils import dates, translation
from django.utils.formats import date_format

from core.templatetags.dates import localdate, localdatetime, timeofday

DAY = datetime.date(2024, 8, 16)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "16 August 2024"),
        ("ru", "16 августа 2024 г."),
        ("tg", "16 августи соли 2024"),
        ("fa-af", "۱۶ اگست ۲۰۲۴"),
    ],
)
def test_localdate__is_written_as_the_language_does(code: str, written: str) -> None:
    assert localdate(DAY, code).replace("\u202f", " ").replace("\xa0", " ") == written


def test_localdate__has_no_leading_zero() -> None:
    assert localdate(datetime.date(2024, 8, 9), "tg") == "9 августи соли 2024"


def test_localdate__takes_the_active_language() -> None:
    with translation.override("ru"):
        assert "августа" in localdate(DAY)


def test_dates__of_nothing_are_empty() -> None:
    assert localdate(None) == ""
    assert timeofday(None) == ""


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "30 July 2027, 16:05 (Time of Dushanbe)"),
        ("tg", "30 июли соли 2027, 16:05 (Вақт: Душанбе)"),
        ("fa-af", "۳۰ جولای ۲۰۲۷، ۱۶:۰۵ (به وقت شهر دوشنبه)"),
    ],
)
def test_localdatetime__is_in_the_time_zone_of_the_site(code: str, written: str) -> None:
    moment = datetime.datetime(2027, 7, 30, 11, 5, tzinfo=datetime.UTC)
    assert localdatetime(moment, code) == written


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("ru", "30 июля 2027 г."),
        ("tg", "30 июли соли 2027"),
        ("fa-af", "30 جولای 2027"),
    ],
)
def test_admin_dates__have_the_months_of_the_country(code: str, written: str) -> None:
    with translation.override(code):
        assert date_format(datetime.date(2027, 7, 30), "DATE_FORMAT").replace("\xa0", " ") == written


IRANIAN = {
    "ژانویه",
    "فوریه",
    "مارس",
    "آوریل",
    "مه",
    "ژوئن",
    "ژوئیه",
    "اوت",
    "سپتامبر",
    "اکتبر",
    "نوامبر",
    "دسامبر",
}


@pytest.mark.parametrize("months", [dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT])
def test_dari_months__are_not_those_of_iran(months: dict[str, Any]) -> None:
    with translation.override("fa-af"):
        names = {str(name) for name in months.values()}
    assert len(names) == 12
    assert not names & IRANIAN


@pytest.mark.parametrize("months", [dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT])
def test_tajik_months__are_lower_case_and_have_no_soft_sign(months: dict[str, Any]) -> None:
    with translation.override("tg"):
        names = {str(name) for name in months.values()}
    assert len(names) == 12
    assert all(name == name.lower() and "ь" not in name for name in names)
