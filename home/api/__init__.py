"""The public read-only API: pages, snippets, files."""
