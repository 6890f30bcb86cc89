"""Passages in quotation marks: finding them in any text, and what an editor has stated about them.

The publishing checks ask `core.quotations.checks`; the importer finds quotations with `core.quotations.marks`.
"""
