"""As Django has it, with the time zone (`core.times`)."""

DATETIME_FORMAT = "j E Y г. G:i (T)"
