"""Whatever people do in whatever order: a reader of a translation reads what a reviewer approved, and nothing
else."""

import os
import re
from itertools import count

import polib
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation

from campaigns.models import CampaignPage, Quote
from tests import factories
from tests.translating import Newsroom, change_source, waiting
from translation.consistency import troubles
from translation.models import Review, ReviewStatus
from translation.review.publish import publish_approved
from translation.review.submit import submit
from translation.review.workflow import decide
from translation.units.segments import target_of

pytestmark = pytest.mark.django_db

CODES = ("ru", "tg")


class World:
    """A campaign and its quote. Each English text is `Eng<n>z` and each wording `Wor<n>z`, so that a page tells
    which of them it shows."""

    def __init__(self, newsroom: Newsroom):
        self.newsroom = newsroom
        self.numbers = count(1)
        self.approved: set[str] = set()
        quote = factories.QuoteFactory(text=self.english())
        self.campaign = factories.CampaignPageFactory(
            parent=newsroom.site.campaign_index,
            slug="day",
            title=self.english(),
            short_name=self.english(),
            introduction=f"<p>{self.english()}</p><p>{self.english()}</p>",
            body=[
                ("rich_text", RichText(f"<p>{self.english()}</p><p>{self.english()}</p>")),
                ("voices", {"heading": self.english(), "limit": 3, "picks": [quote], "only_picked": True}),
            ],
        )
        self.quote = quote
        newsroom.send(self.campaign, *CODES)
        newsroom.send(quote, *CODES)
        self.translations = list(Translation.objects.select_related("source", "target_locale").order_by("pk"))

    def english(self) -> str:
        return f"Eng{next(self.numbers)}z says the source, and more"

    def wording(self) -> str:
        return f"Wor{next(self.numbers)}z"

    def fresh(self) -> CampaignPage:
        return CampaignPage.objects.get(pk=self.campaign.pk)

    # What people do.

    def retitle(self, pick: int) -> None:
        change_source(self.campaign, title=self.english())

    def edit(self, pick: int) -> None:
        paragraphs = [f"<p>{self.english()}</p>" for _ in range(1 + pick % 3)]
        change_source(self.campaign, introduction="".join(paragraphs))

    def add_paragraph(self, pick: int) -> None:
        page = self.fresh()
        change_source(page, introduction=f"<p>{self.english()}</p>{page.introduction}")

    def add_block(self, pick: int) -> None:
        page = self.fresh()
        page.body.insert(pick % (len(page.body) + 1), ("rich_text", RichText(f"<p>{self.english()}</p>")))
        change_source(page, body=page.body)

    def remove_block(self, pick: int) -> None:
        page = self.fresh()
        if len(page.body) > 1:
            page.body.pop(pick % len(page.body))
        change_source(page, body=page.body)

    def reorder(self, pick: int) -> None:
        page = self.fresh()
        if len(page.body) > 1:
            page.body.append(page.body.pop(pick % len(page.body)))
        change_source(page, body=page.body)

    def make_blocks_again(self, pick: int) -> None:
        page = self.fresh()
        change_source(page, body=[(block.block_type, block.value) for block in page.body])

    def edit_quote(self, pick: int) -> None:
        change_source(self.quote, text=self.english())

    def sync(self, pick: int) -> None:
        translation = self.pick(pick)
        data = {"publish_translations": "on"} if pick % 3 else {}
        url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
        self.newsroom.as_(self.newsroom.publisher).post(url, data)

    def translate(self, pick: int) -> None:
        translation = self.pick(pick)
        for row in translation.source.stringsegment_set.all():
            known = StringTranslation.objects.filter(
                translation_of=row.string, context=row.context, locale=translation.target_locale
            ).exists()
            if not known or pick % 2:
                self.word(translation, row)

    def translate_one(self, pick: int) -> None:
        translation = self.pick(pick)
        rows = list(translation.source.stringsegment_set.order_by("order", "pk"))
        if rows:
            self.word(translation, rows[pick % len(rows)])

    def word(self, translation: Translation, row) -> None:
        StringTranslation.objects.update_or_create(
            translation_of_id=row.string_id,
            context_id=row.context_id,
            locale=translation.target_locale,
            defaults={
                "data": self.wording(),
                "last_translated_by": self.newsroom.translators[translation.target_locale.language_code],
            },
        )

    def import_po(self, pick: int) -> None:
        translation = self.pick(pick)
        file = polib.pofile(str(translation.export_po()))
        for entry in file:
            if not entry.obsolete:
                entry.msgstr = self.wording()
        translation.import_po(file, user=self.newsroom.translators[translation.target_locale.language_code])

    def submit(self, pick: int) -> None:
        translation = self.pick(pick)
        try:
            submit(translation, self.newsroom.translators[translation.target_locale.language_code])
        except ValidationError:
            return

    def approve(self, pick: int) -> None:
        if review := waiting(self.pick(pick)):
            decide(review, self.newsroom.reviewer, "approve")
            self.approved |= {number for each in review.wordings for number in worded(each["text"])}

    def refuse(self, pick: int) -> None:
        if review := waiting(self.pick(pick)):
            decide(review, self.newsroom.reviewer, "reject", "Not yet.")

    def publish(self, pick: int) -> None:
        target = target_of(self.pick(pick))
        assert target is not None
        try:
            publish_approved(target, self.newsroom.publisher)
        except ValidationError:
            return

    def whole_way(self, pick: int) -> None:
        for step in (self.translate, self.submit, self.approve, self.publish):
            step(pick)

    def pick(self, pick: int) -> Translation:
        found = self.translations[pick % len(self.translations)]
        return Translation.objects.select_related("source", "target_locale").get(pk=found.pk)

    # What must hold.

    def check(self) -> None:
        for code in CODES:
            self.check_reader(code)
        for translation in self.translations:
            target = target_of(translation)
            assert target is not None
            if target.live:
                review = Review.objects.get(revision=target.live_revision)
                assert review.status == ReviewStatus.APPROVED
        assert [trouble.text for trouble in troubles()] == []

    def check_reader(self, code: str) -> None:
        response = Client().get(f"/{code}/campaigns/day/")
        html = response.content.decode()
        shown = set(worded(html))
        assert shown <= self.approved
        if response.status_code != 200:
            return
        own = [text for text in re.findall(r"Eng\d+z", html) if text not in self.of_quote()]
        assert own == []
        if Quote.objects.filter(locale__language_code=code, live=True).exists():
            assert not set(re.findall(r"Eng\d+z", html)) & self.of_quote()

    def of_quote(self) -> set[str]:
        return set(re.findall(r"Eng\d+z", Quote.objects.get(pk=self.quote.pk).text))


def worded(text: str) -> list[str]:
    return re.findall(r"Wor\d+z", text)


ACTS = [
    "retitle", "edit", "add_paragraph", "add_block", "remove_block", "reorder", "make_blocks_again", "edit_quote",
    "sync", "translate", "translate_one", "import_po", "submit", "approve", "refuse", "publish", "whole_way",
    "whole_way",
]  # fmt: skip


@settings(
    # ORDERS=200 looks further than each run of the suite has time for.
    max_examples=int(os.environ.get("ORDERS", "6")),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), min_size=4, max_size=14))
def test_reader__reads_only_what_was_approved(newsroom, steps):
    with transaction.atomic():
        world = World(newsroom)
        for act, pick in steps:
            getattr(world, act)(pick)
            world.check()
        transaction.set_rollback(True)
