"""Tajik dates: 30 июли соли 2027. Django's Tajik formats are those of Russian."""

DATE_FORMAT = "j E соли Y"
DATETIME_FORMAT = "j E соли Y, G:i (T)"
YEAR_MONTH_FORMAT = "E соли Y"
MONTH_DAY_FORMAT = "j F"
