"""What the checks of translated texts find."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Code(models.TextChoices):
    """The checks, as they are stored with waived findings."""

    CONTROL = "control", _("control characters")
    MARKUP = "markup", _("tags")
    LINK = "link", _("link")
    LENGTH = "length", _("length")
    FILE = "file", _("file")
    FIGURES = "figures", _("figures")
    TELEPHONES = "telephones", _("telephone numbers")
    DATES = "dates", _("dates")
    SCRIPTS = "scripts", _("letters of another script")
    URLS = "urls", _("web addresses")
    EMAILS = "emails", _("email addresses")
    PLACEHOLDERS = "placeholders", _("placeholders")
    TAGS = "inline_tags", _("formatting")
    UNCHANGED = "unchanged", _("same as the source")
    PUNCTUATION = "punctuation", _("punctuation")
    DOUBLED = "doubled", _("repeated word")
    SPACES = "spaces", _("spaces at the ends")
    TERM = "term", _("glossary")
    FORBIDDEN = "forbidden", _("forbidden term")
    NAME = "name", _("name")
    STALE = "stale", _("out of date")
    WITHDRAWN = "withdrawn", _("withdrawn words")


# What cannot be stored or shown as it is, and what must not be.
NEVER_WAIVED = {Code.CONTROL, Code.MARKUP, Code.LINK, Code.LENGTH, Code.FILE, Code.WITHDRAWN}


@dataclass(frozen=True)
class Finding:
    """What a check has found in a text. Text with a blocking finding cannot be submitted, unless the finding is
    waived."""

    code: Code
    message: str
    is_blocking: bool = False

    @property
    def may_be_waived(self) -> bool:
        return self.code not in NEVER_WAIVED
