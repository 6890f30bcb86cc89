"""Helplines: their numbers, their hours in each language, where they are shown, and what a change sets off.

The model is `core.models.Helpline`. Whatever shows a helpline asks `core.helplines.current`.
"""
