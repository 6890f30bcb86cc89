"""Helplines: telephone numbers, opening hours in each language, where helplines are shown, and the effects of a
change.

The model is `core.helplines.models.Helpline`. Code that shows a helpline uses `core.helplines.current`.
"""
