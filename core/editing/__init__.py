"""Saving in the editors of pages and snippets: one save at a time, based on the newest version only, and never
over a published version. The publishing checks are in `core.publishing`."""
