"""The rich-text editor's widget is kept by blocks for as long as the process lives, and several threads use it."""

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
from wagtail.admin.rich_text import get_rich_text_editor_widget

from campaigns.models import CampaignPage, NewsPage
from core.admin.rich_text import RichTextArea

THREADS = 8
TEXTS = {
    "paragraphs": "<p>{0} <b>{1}</b> {2}</p>",
    "lists": "<ul><li>{0}</li><li><i>{1}</i></li></ul><p>{2}</p>",
    "links": '<p>{0} <a href="https://example.org/">{1}</a></p><h3>{2}</h3>',
}


def widget_of_a_block() -> RichTextArea:
    return NewsPage.body.field.stream_block.child_blocks["rich_text"].field.widget


@pytest.mark.parametrize("kind", TEXTS)
def test_widget__converts_in_several_threads_at_once(kind: str):
    widget = widget_of_a_block()

    def convert(number: int) -> str:
        words = [f"w{number}x{place}" for place in range(900)]
        html = "".join(TEXTS[kind].format(*words[at : at + 3]) for at in range(0, len(words), 3))
        state = json.loads(widget.format_value(html))
        found = " ".join(block["text"] for block in state["blocks"]).split()
        stored = widget.value_from_datadict({"body": json.dumps(state)}, {}, "body")
        kept = re.findall(rf"w{number}x\d+", stored)
        return "whole" if found == words == kept else f"{len(found)} words found, {len(kept)} stored"

    numbers = random.sample(range(1000, 9999), THREADS * 4)
    with ThreadPoolExecutor(THREADS) as pool:
        assert set(pool.map(convert, numbers)) == {"whole"}


def test_widget__is_ours_in_blocks_fields_and_their_copies():
    of_field = CampaignPage.get_edit_handler().get_form_class().base_fields["introduction"].widget
    widgets = [widget_of_a_block(), deepcopy(widget_of_a_block()), of_field, get_rich_text_editor_widget()]

    assert {type(widget) for widget in widgets} == {RichTextArea}
