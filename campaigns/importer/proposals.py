"""The proposal to the editor about who speaks. It is never stored as the value of the quote."""

from dataclasses import dataclass

from campaigns.importer.draft import Speaker
from campaigns.importer.roles import official_words
from campaigns.models.quote import WhoSpeaks


@dataclass(frozen=True)
class Proposal:
    """The speaker's name and the proposed value of `who_speaks`."""

    name: str = ""
    """The name with the form of address, as in the text."""
    who_speaks: str = ""
    """A value of `WhoSpeaks`; empty if the text does not tell."""
    words: str = ""
    """The words of the text from which `who_speaks` was concluded."""


def proposed(speaker: Speaker) -> Proposal:
    """Return the proposal for a speaker: the name, and MINOR for an age under 18 or OFFICIAL for a role that is an
    office. For all others `who_speaks` is empty."""
    name = " ".join(filter(None, (speaker.honorific, speaker.name)))
    if speaker.is_minor:
        # The age itself is not stored.
        return Proposal(name, WhoSpeaks.MINOR)
    words = official_words(speaker.role)
    return Proposal(name, WhoSpeaks.OFFICIAL if words else "", words)
