"""As Django has it, with the time zone (`core.times`)."""

DATETIME_FORMAT = "N j, Y, P (T)"
