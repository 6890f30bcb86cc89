"""Logging for operators: filters and formatters of log records, request ids, and Sentry. The logging settings name
these classes; nothing here imports models."""
