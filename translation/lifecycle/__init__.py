"""Unpublish, move, copy, delete and restore, in one language or in all."""
