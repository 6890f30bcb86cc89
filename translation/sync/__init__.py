"""Keeps a translation in step with its source."""
