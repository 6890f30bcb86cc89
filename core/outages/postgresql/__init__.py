"""Django's engine for PostgreSQL that notices when the server does not answer (`watch`). For DATABASES."""
