"""The panel on the edit screen of a quote with the import's proposal of who speaks, about which the editor
decides."""

from dataclasses import dataclass
from typing import Any

from anyascii import anyascii
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel

from campaigns.importer.names import fold, name_pattern
from campaigns.models import ImportedQuote, Person

MOST_PEOPLE = 10
MOST_NAMES = 5_000
"""How many names are compared; the newest ones are."""


@dataclass(frozen=True)
class KnownPerson:
    """A person of the database whose name fits the text, with the URL of the edit screen."""

    name: str
    about: str
    """Role and organisation, to distinguish people with the same name."""
    url: str


class ProposalPanel(Panel):
    """A panel with the name and capacity that the import has read, and the known people with this name. It is
    shown until an editor has decided."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Proposed by the import"), "icon": "help", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "admin/panels/proposal.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.imported or self.guessed)

        @cached_property
        def imported(self) -> ImportedQuote | None:
            """The import's record of the quote, in whatever language, that waits for a decision. None if there is
            none or the quote is new."""
            if not self.instance.pk:
                return None
            waiting = ImportedQuote.objects.filter(decided_at=None)
            return waiting.filter(quote__translation_key=self.instance.translation_key).first()

        @cached_property
        def guessed(self) -> dict[str, str]:
            """The values that the import has set without an editor's decision, as they are displayed, by the name
            of the field ("who_speaks", "speaker"); empty for a new quote."""
            names = self.instance.guessed_fields if self.instance.pk else []
            values = {"who_speaks": self.instance.get_who_speaks_display(), "speaker": str(self.instance.speaker)}
            return {name: values[name] for name in names}

        @property
        def proposed(self) -> str:
            """The label of the proposed value of `who_speaks`; empty if there is none."""
            field = self.instance._meta.get_field("who_speaks")
            return dict(field.flatchoices).get(self.imported.proposed, "") if self.imported else ""

        def people(self) -> list[KnownPerson]:
            """Return the known people whose names occur in the name that the text has, with the URLs of their edit
            screens (see `people_named`)."""
            name = self.imported.name if self.imported else self.guessed.get("speaker", "")
            urls = AdminURLFinder(self.request.user)
            found = []
            for person in people_named(name, self.instance.locale_id):
                about = ", ".join(filter(None, (person.role, str(person.organisation or ""))))
                found.append(KnownPerson(person.name, about, urls.get_edit_url(person) or ""))
            return found


def people_named(name: str, locale_id: int) -> list[Person]:
    """Return at most MOST_PEOPLE people whose name occurs in `name`, also in another script or declined, one row
    for each, preferably in the given locale. Only the newest MOST_NAMES rows are compared; an empty `name` finds
    nobody.

    `name` may have a form of address before it. People with the name need not be the person in the text.
    """
    if not name.strip():
        return []
    said, plain = fold(name), _plain(name)
    found = {}
    rows = Person.objects.order_by("-pk").values_list("pk", "name", "translation_key", "locale_id")[:MOST_NAMES]
    for pk, known, key, locale in rows:
        pattern = name_pattern(known)
        is_same = (pattern and pattern.search(said)) or f" {_plain(known)} " in f" {plain} "
        if is_same and (key not in found or locale == locale_id):
            found[key] = pk
    return list(Person.objects.filter(pk__in=list(found.values())[:MOST_PEOPLE]).select_related("organisation"))


def _plain(name: str) -> str:
    """Return the name in lower-case ASCII letters, transliterated, with single spaces."""
    return " ".join(anyascii(name).casefold().split())
