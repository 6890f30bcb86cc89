"""Saving in the editors of pages and snippets: in turn, on top of the newest version only, and never over what was
published. The publishing checks are in `core.publishing`."""
