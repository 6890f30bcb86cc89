"""Dari dates: 30 جولای 2027, the Gregorian calendar. Django's Persian has the order of Iran."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، G:i (T)"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d، G:i"
