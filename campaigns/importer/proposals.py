"""What is proposed to the editor of who speaks. Nothing of it is stored as the answer."""

from dataclasses import dataclass

from campaigns.importer.draft import Speaker
from campaigns.importer.roles import official_words
from campaigns.models.quote import WhoSpeaks


@dataclass(frozen=True)
class Proposal:
    name: str = ""
    """With the form of address, as the text has it."""
    who_speaks: str = ""
    """A value of `WhoSpeaks`, or empty where the text does not tell."""
    words: str = ""
    """Those of the text that tell it."""


def proposed(speaker: Speaker) -> Proposal:
    name = " ".join(filter(None, (speaker.honorific, speaker.name)))
    if speaker.is_minor:
        # The age itself is kept nowhere.
        return Proposal(name, WhoSpeaks.MINOR)
    words = official_words(speaker.role)
    return Proposal(name, WhoSpeaks.OFFICIAL if words else "", words)
