"""Uploaded files: their forms, cleaning them when they are stored (by `core.metadata`), and removing what was
replaced."""
