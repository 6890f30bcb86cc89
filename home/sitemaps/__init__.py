"""Sitemaps of all languages."""
