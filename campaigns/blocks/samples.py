"""Sample pieces for the previews in the block picker: a block is drawn there without a database."""

from campaigns.cards import EditionCard, FigureCard, PartnerCard, StoryCard, TakeawayCard, VoiceCard

SAMPLES = {
    "stories": [
        StoryCard(
            title="Forty-three young leaders spend five days in the mountains",
            url="#",
            summary="They came to learn how traffickers recruit, and went home to tell others.",
            dateline="Romit, Tajikistan",
            seed="camp",
        ),
        StoryCard(
            title="A lesson that fits between two others",
            url="#",
            summary="Teachers try out a lesson of 45 minutes on safe migration.",
            dateline="Khujand, Tajikistan",
            seed="lesson",
        ),
    ],
    "quotes": [
        VoiceCard(text="Now I know which questions to ask before I sign.", role="camp participant, Romit"),
    ],
    "takeaways": [
        TakeawayCard(statement="Whoever keeps your passport breaks the law."),
        TakeawayCard(statement="A real employer never asks you to pay for the job."),
    ],
    "figures": [
        FigureCard(value="1 in 3", label="detected victims is a child", year=2024, source="Sample source")
    ],
    "partners": [PartnerCard(name="Youth organisation", kind="civil_society", kind_label="Civil society")],
    "editions": [
        EditionCard(year=2024, global_theme="A theme of the year", url="#", is_current=True),
        EditionCard(year=2023, global_theme="The theme before", url="#"),
    ],
}


class SampleMaterial:
    more_url = "#"

    def items(self, kind: str, value) -> list:
        return SAMPLES[kind]
