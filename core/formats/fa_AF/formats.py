"""Dari dates in the Gregorian calendar: 30 جولای 2027. Django's Persian formats have the order used in Iran."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، G:i (T)"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d، G:i"
