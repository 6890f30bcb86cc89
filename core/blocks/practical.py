"""What a reader can use: dates, files, numbers to call, answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from core.languages import language_choices
from core.media.cards import file_card

from .base import LinkBlock, SectionBlock
from .text import RICH_TEXT_FEATURES


class ProgrammeEntryBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"), required=False)
    time = blocks.TimeBlock(label=_("Time"), required=False)
    title = blocks.CharBlock(label=_("What happens"), max_length=160)
    detail = blocks.TextBlock(label=_("Detail"), required=False, rows=2)
    place = blocks.CharBlock(label=_("Where"), required=False, max_length=120)

    class Meta:
        label_format = "{title}"


class ProgrammeBlock(SectionBlock):
    entries = blocks.ListBlock(ProgrammeEntryBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon = "calendar-alt"
        label = _("Programme")
        description = _("What happens when and where, as a timeline")
        template = "blocks/programme.html"
        preview_value = {
            "heading": _("The week of the campaign"),
            "entries": [
                {
                    "title": _("Open lesson on safe migration"),
                    "place": _("Dushanbe"),
                    "detail": _("For classes 9 to 11"),
                },
                {"title": _("Evening of short films"), "place": _("Khujand")},
            ],
        }


class ToolkitFileBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    document = DocumentChooserBlock(label=_("File"))
    language = blocks.ChoiceBlock(label=_("Language of the file"), choices=language_choices)


class ToolkitBlock(SectionBlock):
    introduction = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)
    files = blocks.ListBlock(ToolkitFileBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Toolkit")
        description = _("Files to download, each with its language, format and size")
        template = "blocks/toolkit.html"
        preview_value = {
            "heading": _("Toolkit"),
            "introduction": _("Posters and leaflets to print and to share."),
            "files": [],
        }

    def get_context(self, value, parent_context=None) -> dict:
        items = [
            file_card(row["document"], row["language"], row["title"]) for row in value["files"] if row["document"]
        ]
        return {**super().get_context(value, parent_context), "items": items}


class HelplineBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name of the helpline"), max_length=120)
    number = blocks.CharBlock(label=_("Number"), max_length=40)
    hours = blocks.CharBlock(label=_("When it answers"), required=False, max_length=120)
    languages = blocks.CharBlock(label=_("Languages spoken"), required=False, max_length=120)
    note = blocks.TextBlock(label=_("Note"), required=False, rows=2)

    class Meta:
        icon = "help"
        label = _("Helpline")
        description = _("A number to call, large and easy to find")
        template = "blocks/helpline.html"
        preview_value = {
            "name": _("Helpline"),
            "number": "000-00-00",
            "hours": _("Every day, 8:00–20:00"),
            "languages": _("Tajik, Russian"),
            "note": _("Free of charge and confidential."),
        }


class CallToActionBlock(SectionBlock):
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("One thing the reader can do now")
        template = "blocks/call_to_action.html"
        preview_value = {
            "heading": _("Bring the campaign to your school"),
            "text": _("A lesson of 45 minutes with everything prepared."),
            "link": {"text": _("Get the lesson"), "url": "https://example.org/lesson"},
        }

    def get_context(self, value, parent_context=None) -> dict:
        target = self.child_blocks["link"].target(value["link"], parent_context)
        return {**super().get_context(value, parent_context), "target": target}


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT_FEATURES)


class QuestionsBlock(SectionBlock):
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that open to show their answers")
        template = "blocks/questions.html"
        preview_value = {
            "heading": _("Questions and answers"),
            "questions": [
                {
                    "question": _("Who may keep my passport?"),
                    "answer": _("<p>Only you. An employer who keeps it breaks the law.</p>"),
                }
            ],
        }
