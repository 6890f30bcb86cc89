"""A database engine for DATABASES: Django's engine for PostgreSQL that detects outages (see `watch`)."""
