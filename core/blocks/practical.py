"""Blocks with practical information: programmes, files, helplines, calls to action, questions and answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from core.helplines.current import Helplines
from core.helplines.models import Helpline
from core.languages.site_languages import active_code, language_choices
from core.links import Links
from core.media.cards import file_card

from .base import LinkBlock, SectionBlock
from .text import RICH_TEXT_FEATURES


class ProgrammeEntryBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"), required=False)
    time = blocks.TimeBlock(label=_("Time"), required=False)
    title = blocks.CharBlock(label=_("Event"), max_length=160)
    detail = blocks.TextBlock(label=_("Detail"), required=False, rows=2)
    place = blocks.CharBlock(label=_("Place"), required=False, max_length=120)

    class Meta:
        label_format = "{title}"


class ProgrammeBlock(SectionBlock):
    entries = blocks.ListBlock(ProgrammeEntryBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon = "calendar-alt"
        label = _("Programme")
        description = _("Events with date, time and place, as a timeline")
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

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context with `entries`: dicts of `entry` and `is_past`, whether its date is before today.
        Past entries come last; otherwise the order stays."""
        today = timezone.localdate()
        entries = [
            {"entry": entry, "is_past": bool(entry.get("date") and entry["date"] < today)}
            for entry in value["entries"]
        ]
        entries.sort(key=lambda each: each["is_past"])
        return {**super().get_context(value, parent_context), "entries": entries}


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

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context with `items`, the cards of the files that readers may see."""
        rows = [row for row in value["files"] if row["document"]]
        links = (parent_context or {}).get("links")
        links = links or Links([(get_document_model(), row["document"].pk) for row in rows])
        items = [
            file_card(row["document"], row["language"], row["title"], url)
            for row in rows
            if (url := links.document(row["document"].pk))
        ]
        return {**super().get_context(value, parent_context), "items": items}

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Return the texts to search: heading, introduction and the titles of the files that readers may see, as
        others may identify people in the files."""
        titles = [card.title for card in self.get_context(value)["items"]]
        return [text for text in (value["heading"], value["introduction"], *titles) if text]


class HelplineChooserBlock(blocks.ChooserBlock):
    """A chooser for a helpline: a plain select box, as a site has few helplines."""

    target_model = "core.Helpline"
    widget = forms.Select()

    def get_form_state(self, value: Helpline | None) -> list[str]:
        """Return the selected options, in the form that Wagtail's script for select boxes expects."""
        return self.widget.format_value(value.pk if value else None)

    def value_from_form(self, value: object) -> Helpline | None:
        """Return the chosen helpline, or None for the empty choice, which a select box sends as ""."""
        return super().value_from_form(value or None)


class HelplineBlock(blocks.StructBlock):
    """A reference to a helpline, whose data are read when the block is drawn."""

    helpline = HelplineChooserBlock(
        label=_("Helpline"), required=False, help_text=_("Default: the site's helpline.")
    )

    class Meta:
        icon = "help"
        label = _("Helpline")
        description = _("A number to call, large and easy to find")
        template = "blocks/helpline.html"
        preview_value = {"helpline": None}

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context with `helpline`, a HelplineCard of the chosen helpline or else the site's; None if
        there is none."""
        context = super().get_context(value, parent_context)
        chosen = value.get("helpline")
        helplines = context.get("helplines") or Helplines.of(context.get("request"))
        return {**context, "helpline": helplines.get(chosen and chosen.pk)}

    def get_preview_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the context of the preview in the block picker: a sample helpline, without reading the
        database."""
        texts = {active_code(): {"name": gettext("Helpline")}}
        sample = Helpline(number="000-00-00", time_zone=settings.TIME_ZONE, texts=texts)
        return {**super().get_preview_context(value, parent_context), "helplines": Helplines([sample])}


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

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
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
