"""Passages in quotation marks: how they are found in texts, and the statements that editors make about them.

The publishing check is in `core.quotations.checks`; the importer finds quotations with `core.quotations.marks`.
"""
