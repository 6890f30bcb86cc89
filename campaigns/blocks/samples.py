"""Sample pieces for the previews in the block picker: a block is drawn there without a database."""

from django.utils.translation import gettext as _

from campaigns.cards import Card, EditionCard, FigureCard, PartnerCard, StoryCard, TakeawayCard, VoiceCard
from core.languages.site_languages import Words


def samples() -> dict[str, list[Card]]:
    """Made when they are drawn: a card is in the language of that moment."""
    return {
        "stories": [
            StoryCard(
                title=_("Forty-three young leaders spend five days in the mountains"),
                url="#",
                summary=_("They came to learn how traffickers recruit, and went home to tell others."),
                dateline=(Words(text=_("Romit, Tajikistan")),),
                seed="camp",
            ),
            StoryCard(
                title=_("A lesson that fits between two others"),
                url="#",
                summary=_("Teachers try out a lesson of 45 minutes on safe migration."),
                dateline=(Words(text=_("Khujand, Tajikistan")),),
                seed="lesson",
            ),
        ],
        "quotes": [
            VoiceCard(
                text=_("Now I know which questions to ask before I sign."), role=_("camp participant, Romit")
            ),
        ],
        "takeaways": [
            TakeawayCard(statement=_("Whoever keeps your passport breaks the law.")),
            TakeawayCard(statement=_("A real employer never asks you to pay for the job.")),
        ],
        "figures": [
            FigureCard(
                value=_("1 in 3"), label=_("detected victims is a child"), year=2024, source=_("Sample source")
            )
        ],
        "partners": [
            PartnerCard(name=_("Youth organisation"), kind="civil_society", kind_label=_("Civil society"))
        ],
        "editions": [
            EditionCard(year=2024, global_theme=_("A theme of the year"), url="#", is_current=True),
            EditionCard(year=2023, global_theme=_("The theme before"), url="#"),
        ],
    }


class SampleMaterial:
    more_url = "#"

    def items(self, kind: str, value) -> list:
        return samples()[kind]
