"""Django's English format with the time zone (see `core.times`)."""

DATETIME_FORMAT = "N j, Y, P (T)"
