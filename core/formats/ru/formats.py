"""Django's Russian format with the time zone (see `core.times`)."""

DATETIME_FORMAT = "j E Y г. G:i (T)"
