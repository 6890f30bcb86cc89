"""Viewsets, forms, filters and choosers of the snippets."""
