"""The machine translator that the settings name."""

from wagtail_localize.machine_translators import get_machine_translator

__all__ = ["get_machine_translator"]  # None unless the settings name one
