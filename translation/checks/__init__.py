"""Checks of translated texts: figures, markup, wording, terms. Where texts are saved, submitted, reviewed or
imported, the findings are asked for here."""

from translation.checks.checking import findings
from translation.checks.finding import Code, Finding

__all__ = ["Code", "Finding", "findings"]
