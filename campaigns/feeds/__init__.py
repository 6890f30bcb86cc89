"""Atom feeds of news, campaigns and editions."""
