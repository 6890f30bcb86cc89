"""Each kind of change that readers see, played on the demo. A kind is a function that commits its change;
`prepare` adds what the demo lacks."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from campaigns.models import (
    CampaignPage,
    Commitment,
    CommitmentState,
    EditionPage,
    KeyFigure,
    NewsIndexPage,
    NewsPage,
    NewsTopic,
    Organisation,
    Person,
    Place,
    Quote,
    StateChange,
    Takeaway,
    Topic,
)
from core import work
from core.consent.withdrawals import withdraw
from core.helplines.models import Helpline
from core.media.models import SiteImage
from core.publishing.gate import confirmed
from home.models import ContentPage, HomePage, SectionPage
from tests.factories import NewsPageFactory, PersonFactory, SiteImageFactory
from translation.models import Review

Change = Callable[[], object]

KINDS: dict[str, Change] = {}


def kind(change: Change) -> Change:
    """Add a change under its name (decorator)."""
    KINDS[change.__name__.replace("_", " ")] = change
    return change


def english(model: type[Any], number: int = 0, **conditions: Any) -> Any:
    """Return one of the live English rows of a model, always the same."""
    rows = model.objects.filter(locale__language_code="en", live=True, **conditions)
    return rows.order_by("pk")[number]


def new_story(**values: Any) -> NewsPage:
    return NewsPageFactory(parent=english(NewsIndexPage), places=[english(Place)], **values)


def publish(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    with confirmed():
        row.save_revision().publish()


def save_picture(**values: Any) -> None:
    picture = shown_picture()
    for name, value in values.items():
        setattr(picture, name, value)
    picture.save()


def shown_picture() -> SiteImage:
    return english(NewsPage, lead_image__isnull=False).lead_image


def shown_document() -> Any:
    return get_document_model().objects.order_by("pk").first()


def speaker() -> Person:
    return english(Person)


def prepare() -> None:
    """Add a speaker with a portrait, and approve a translation as it is."""
    with confirmed():
        person = PersonFactory(photo=SiteImageFactory(), locale=Locale.objects.get(language_code="en"))
        publish(english(Quote, 2), speaker=person)
        new_story(title="In one language", slug="one-language", topics=[english(Topic)])
    page = NewsPage.objects.filter(locale__language_code="ru", live=True).order_by("pk")[1]
    if not Review.objects.filter(object_key=page.translation_key, locale=page.locale).exists():
        source = TranslationSource.objects.get(object_id=page.translation_key)
        Review.objects.create(
            object_key=source.object_id, locale=page.locale, revision=page.save_revision(), status="approved"
        )
    # What the demo has left to do would count as done by the first change.
    work.perform_due()


# -- Stories


@kind
def text_of_a_story() -> None:
    story = english(NewsPage)
    story.body.append(("rich_text", "<p>One more sentence.</p>"))
    publish(story)


@kind
def title_of_a_story() -> None:
    publish(english(NewsPage), title="Another title")


@kind
def summary_of_a_story() -> None:
    publish(english(NewsPage, 1), summary="Another summary.")


@kind
def lead_picture_of_a_story() -> None:
    publish(english(NewsPage, 2), lead_image=SiteImageFactory())


@kind
def address_of_a_story() -> None:
    publish(english(NewsPage, slug="one-language"), slug="another-address")


@kind
def story_moved() -> None:
    english(NewsPage, 4).move(english(ContentPage), pos="last-child")


@kind
def story_newly_published() -> None:
    with confirmed():
        new_story(title="Just in", date=timezone.localdate(), campaigns=[english(CampaignPage)])


@kind
def story_unpublished() -> None:
    english(NewsPage, 5).unpublish()


@kind
def story_deleted() -> None:
    english(NewsPage, 6).delete()


@kind
def story_goes_live_by_schedule() -> None:
    with confirmed():
        story = new_story(title="At its time", live=False, first_published_at=None, topics=[english(Topic)])
        story.go_live_at = timezone.now() - datetime.timedelta(seconds=5)
        story.save_revision(approved_go_live_at=story.go_live_at)
        call_command("publish_scheduled")


@kind
def story_expires() -> None:
    story = english(NewsPage, 5)
    publish(story, expire_at=timezone.now() - datetime.timedelta(seconds=1))
    call_command("publish_scheduled")


@kind
def tie_added() -> None:
    story = english(NewsPage, 6)
    story.topic_ties.add(NewsTopic(topic=english(Topic, 2)))
    publish(story)


@kind
def tie_removed() -> None:
    story = next(each for each in NewsPage.objects.order_by("pk") if each.live and each.campaign_ties.count())
    story.campaign_ties = []
    publish(story)


@kind
def view_restriction_set() -> None:
    PageViewRestriction.objects.create(
        page=english(NewsPage, 7), restriction_type=PageViewRestriction.PASSWORD, password="open"
    )


# -- Material


@kind
def words_of_a_quote() -> None:
    publish(english(Quote), text="Other words were said.")


@kind
def role_of_a_quote() -> None:
    publish(english(Quote, 1), role="teacher, Khujand")


@kind
def name_of_a_speaker() -> None:
    publish(speaker(), name="Another name")


@kind
def portrait_of_a_speaker() -> None:
    publish(speaker(), photo=SiteImageFactory())


@kind
def quote_picked_in_a_block() -> None:
    campaign = english(CampaignPage)
    campaign.body.append(
        ("voices", {"heading": "Picked", "picks": [english(Quote, 3)], "only_picked": True, "limit": 3})
    )
    publish(campaign)


@kind
def quote_no_longer_picked() -> None:
    campaign = english(CampaignPage)
    del campaign.body[len(campaign.body) - 1]
    publish(campaign)


@kind
def consent_withdrawn() -> None:
    withdraw(english(Quote, 4), None, "Asked for")


@kind
def consents_last_day_passes() -> None:
    """The last day is set to yesterday, which a form refuses: a day passes without anybody saving."""
    quote = english(Quote, 5)
    quote.consent_until = timezone.localdate() - datetime.timedelta(days=1)
    quote.save(update_fields=["consent_until"])


@kind
def takeaway() -> None:
    publish(english(Takeaway), statement="Another takeaway.")


@kind
def value_of_a_key_figure() -> None:
    publish(english(KeyFigure), value="4,321")


@kind
def name_of_a_partner() -> None:
    publish(english(Organisation), name="Another partner")


@kind
def logo_of_a_partner() -> None:
    publish(english(Organisation), logo=SiteImageFactory())


@kind
def state_of_a_commitment() -> None:
    commitment = english(Commitment)
    commitment.states.add(
        StateChange(
            state=CommitmentState.FULFILLED, date=timezone.localdate(), evidence_url="https://example.org/"
        )
    )
    publish(commitment)


@kind
def name_of_who_made_a_commitment() -> None:
    publish(english(Commitment, organisation__isnull=False).organisation, name="Another organisation")


@kind
def name_of_a_place() -> None:
    publish(english(Place), name="Another place")


@kind
def name_of_a_topic() -> None:
    publish(english(Topic), name="Another topic")


# -- Campaigns and editions


@kind
def theme_of_an_edition() -> None:
    publish(
        EditionPage.objects.filter(locale__language_code="en").order_by("-year").first(), local_theme="Another"
    )


@kind
def first_day_of_an_edition() -> None:
    edition = EditionPage.objects.filter(locale__language_code="en").latest("year")
    publish(edition, starts_on=edition.starts_on + datetime.timedelta(days=1))


@kind
def answer_of_a_section() -> None:
    publish(english(SectionPage), sensitive="yes")


@kind
def title_of_a_campaign() -> None:
    publish(english(CampaignPage, 1), title="Another campaign")


@kind
def block_moved() -> None:
    campaign = english(CampaignPage)
    campaign.body.insert(0, campaign.body.pop())
    publish(campaign)


@kind
def page_leaves_the_menu() -> None:
    publish(english(SectionPage, show_in_menus=True), show_in_menus=False)


@kind
def order_of_the_menu() -> None:
    pages = SectionPage.objects.filter(locale__language_code="en", show_in_menus=True).order_by("path")
    pages[0].move(pages[1], pos="right")


# -- Languages


@kind
def translation_published() -> None:
    with confirmed():
        copy = english(NewsPage, title="In one language").copy_for_translation(
            Locale.objects.get(language_code="ru")
        )
        publish(copy, title="Новость")


@kind
def translation_unpublished() -> None:
    NewsPage.objects.filter(locale__language_code="ru", live=True).order_by("pk")[2].unpublish()


@kind
def source_changed() -> None:
    review = Review.objects.filter(locale__language_code="ru", status="approved").order_by("pk")[0]
    review.outdated_since = timezone.now() - datetime.timedelta(days=30)
    review.save()


@kind
def alternative_text_approved() -> None:
    picture = shown_picture()
    save_picture(alt_texts={**picture.alt_texts, "ru": "Другой текст"})


# -- Files


@kind
def focal_point() -> None:
    save_picture(focal_point_x=10, focal_point_y=10, focal_point_width=20, focal_point_height=20)


@kind
def picture_replaced() -> None:
    save_picture(file=SiteImageFactory.build().file)


@kind
def document_replaced() -> None:
    document = shown_document()
    document.file.save("another.txt", ContentFile(b"Another content, which is longer than the former one."))


# -- The whole site


@kind
def number_of_the_helpline() -> None:
    helpline = Helpline.objects.order_by("pk")[0]
    helpline.number = "+992 372 00 00 01"
    helpline.save()


@kind
def redirect_added() -> None:
    Redirect.objects.create(old_path="/en/old", redirect_page=Page.objects.get(pk=english(NewsIndexPage).pk))


@kind
def footer() -> None:
    publish(english(HomePage), footer_text="Another footer.")


@kind
def name_of_the_site() -> None:
    publish(english(HomePage), title="Another name")


LANGUAGES = [code for code, _name in settings.LANGUAGES]
