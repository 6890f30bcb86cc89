"""Atom feeds of all stories, of campaigns and of topics."""
