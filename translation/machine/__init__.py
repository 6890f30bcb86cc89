"""Suggestions of a machine translator, through wagtail-localize's classes: off unless the setting
`WAGTAILLOCALIZE_MACHINE_TRANSLATOR` names one. Each has to be confirmed by a person before it is submitted."""

from translation.machine.suggest import Suggested, suggest

__all__ = ["Suggested", "suggest"]
