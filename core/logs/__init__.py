"""What is written about the site's work, for operators: log records, their request ids, and what may go to Sentry.
The settings name these classes; nothing here imports a model."""
