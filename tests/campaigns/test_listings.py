"""The table of what lists show: right after each kind of change, and read in the same few steps whatever the
number of stories."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Locale

from campaigns.listing import news_listing
from campaigns.listings import receivers, writing
from campaigns.material import DEFAULT_LIMIT, Material, Scope
from campaigns.models import Listing, NewsCampaign, NewsPage, NewsPartner, NewsTopic
from campaigns.querysets import Period
from core import work
from core.models import RecordedWork
from core.publishing.closing import delete_branch, unpublish_below
from core.stamps import tags
from tests import factories
from tests.listings import write_recorded
from tests.many import insert_pieces, insert_stories
from tests.scenes import scene

LAST_DAY = datetime.date(2099, 7, 30)
KINDS = ("stories", "quotes", "takeaways", "figures", "commitments", "partners")


@scene
def lists(site) -> dict[str, Any]:
    """A campaign with a story in two languages, and material of it and by itself."""
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    other = factories.CampaignPageFactory(parent=site.campaign_index)
    partner, person = factories.OrganisationFactory(), factories.PersonFactory()
    story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], partners=[partner])
    russian = factories.NewsPageFactory(parent=site.news_indexes["ru"], translation_key=story.translation_key)
    quote = factories.QuoteFactory(source=story, campaigns=[other], consent_until=LAST_DAY)
    factories.QuoteFactory(translation_key=quote.translation_key, locale="ru", source=russian)
    factories.TakeawayFactory(source=story)
    factories.KeyFigureFactory(campaigns=[campaign])
    commitment = factories.CommitmentFactory(
        campaigns=[campaign], person=person, consent_reference="F-1", consent_scope="website"
    )
    return {
        "site": site,
        "campaign": campaign,
        "other": other,
        "partner": partner,
        "person": person,
        "story": story,
        "russian": russian,
        "quote": quote,
        "commitment": commitment,
    }


def save(given: dict[str, Any], name: str, **values: Any) -> None:
    for field, value in values.items():
        setattr(given[name], field, value)
    given[name].save()


def withdraw(given: dict[str, Any], day: datetime.date | None) -> None:
    given["quote"].consent_withdrawn = day
    given["quote"].save(update_fields=["consent_withdrawn"])


def take_back(given: dict[str, Any]) -> None:
    withdraw(given, datetime.date(2024, 1, 1))
    write_recorded()
    rows = type(given["quote"])._base_manager.filter(translation_key=given["quote"].translation_key)
    rows.update(consent_withdrawn=None)
    withdraw(given, None)


def set_ties(given: dict[str, Any], **ties: list[Any]) -> None:
    save(given, "story", **ties)


def change_partner(given: dict[str, Any]) -> None:
    tie = NewsPartner.objects.get(page=given["story"])
    tie.organisation = factories.OrganisationFactory()
    tie.save()


def publish_again(given: dict[str, Any]) -> None:
    given["story"].unpublish()
    write_recorded()
    given["story"].save_revision().publish()


def close_stories(given: dict[str, Any]) -> None:
    unpublish_below(given["site"].news_index, None)


def close_and_unpublish(given: dict[str, Any]) -> None:
    close_stories(given)
    write_recorded()
    work.perform_due()


CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "title published": lambda given: save(given, "story", title="Another title"),
    "date": lambda given: save(given, "story", date=datetime.date(2020, 1, 5)),
    "date of the translation": lambda given: save(given, "russian", date=datetime.date(2020, 1, 5)),
    "tie removed": lambda given: set_ties(
        given, campaign_ties=[], topic_ties=[NewsTopic(topic=factories.TopicFactory())]
    ),
    "tie made": lambda given: NewsCampaign.objects.create(page=given["story"], campaign=given["other"]),
    "partner changed": change_partner,
    "partner removed": lambda given: set_ties(given, partner_ties=[]),
    "partner unpublished": lambda given: given["partner"].unpublish(),
    "partner deleted": lambda given: given["partner"].delete(),
    "person deleted": lambda given: given["person"].delete(),
    "consent date": lambda given: save(given, "quote", consent_until=datetime.date(2098, 1, 1)),
    "consent withdrawn": lambda given: withdraw(given, datetime.date(2024, 1, 1)),
    "consent withdrawn later": lambda given: withdraw(given, datetime.date(2098, 1, 1)),
    "withdrawal taken back": take_back,
    "translation unpublished": lambda given: given["russian"].unpublish(),
    "translation deleted": lambda given: given["russian"].delete(),
    "source unpublished": lambda given: given["story"].unpublish(),
    "source published again": publish_again,
    "source deleted": lambda given: given["story"].delete(),
    "quote unpublished": lambda given: given["quote"].unpublish(),
    "quote deleted": lambda given: given["quote"].delete(),
    "quote of another story": lambda given: save(
        given, "quote", source=factories.NewsPageFactory(parent=given["site"].news_index)
    ),
    "alias made": lambda given: given["story"].copy_for_translation(given["site"].locales["tg"], alias=True),
    "campaign deleted": lambda given: given["other"].delete(),
    "stories being unpublished": close_stories,
    "stories unpublished": close_and_unpublish,
    "stories being deleted": lambda given: delete_branch(given["site"].news_indexes["ru"], None),
    "language added": lambda given: Locale.objects.get(language_code="tg").save(),
}


def checked() -> str:
    """Return what the command says, which fails if the table is wrong."""
    with StringIO() as said:
        call_command("check_listings", stdout=said)
        return said.getvalue()


@pytest.mark.parametrize("change", CHANGES)
def test_table__is_right_after_a_change(lists, change):
    CHANGES[change](lists)
    write_recorded()
    assert checked() == "The lists are as they must be.\n"


def test_table__is_not_asked_about_a_draft(lists):
    RecordedWork.objects.all().delete()
    lists["story"].save_revision()
    lists["quote"].save_revision()
    assert not RecordedWork.objects.filter(name=receivers.WORK).exists()


def test_refresh__stamps_the_lists_that_have_changed(lists, site, monkeypatch):
    stamped: set[str] = set()
    monkeypatch.setattr(writing, "stamp", stamped.update)
    story, other = lists["story"], lists["other"]
    writing.refresh({story.translation_key})
    assert not stamped
    NewsCampaign.objects.bulk_create([NewsCampaign(page=story, campaign=other)])
    writing.refresh({story.translation_key})
    for locale in site.locales.values():
        assert tags.listed(other.translation_key, locale.pk) in stamped
        assert tags.listed(lists["campaign"].translation_key, locale.pk) not in stamped


def test_check__finds_and_repairs_what_was_changed_elsewhere(lists):
    Listing.objects.filter(key=lists["story"].translation_key).first().delete()
    with pytest.raises(CommandError, match="0 rows are wrong, 1 are missing"):
        call_command("check_listings")
    call_command("check_listings", "--repair")
    Listing.objects.all().delete()
    call_command("check_listings", "--rebuild")


def test_consent__ends_by_itself(lists, monkeypatch):
    write_recorded()
    assert len(gathered(lists["other"])["quotes"]) == 1
    monkeypatch.setattr(timezone, "localdate", lambda *arguments: LAST_DAY + datetime.timedelta(days=1))
    assert "quotes" not in gathered(lists["other"])
    assert writing.refresh_ended() == 1
    call_command("check_listings", verbosity=0)


def test_old_row__shows_nothing_that_was_withdrawn(lists):
    write_recorded()
    yesterday = timezone.now() - datetime.timedelta(days=1)
    type(lists["quote"]).objects.filter(pk=lists["quote"].pk).update(consent_withdrawn=timezone.localdate())
    NewsPage.objects.filter(pk=lists["story"].pk).update(expire_at=yesterday)
    assert Listing.objects.filter(key=lists["quote"].translation_key).exists()
    for campaign in (lists["campaign"], lists["other"]):
        assert not {"stories", "quotes", "takeaways"} & set(gathered(campaign))


def gathered(campaign, scope: Scope | None = None) -> dict[str, list[Any]]:
    with translation.override("en"):
        scope = scope or Scope(campaign=campaign.translation_key)
        return Material(RequestFactory().get("/"), campaign.body, scope, KINDS).remaining


def test_edition__has_what_is_dated_in_it_and_what_comes_from_its_stories_newest_first(site):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    edition = factories.EditionPageFactory(parent=campaign, year=2024, starts_on=datetime.date(2024, 7, 30))
    factories.EditionPageFactory(parent=campaign, year=2025, starts_on=datetime.date(2025, 7, 30))
    inside, outside = datetime.date(2025, 2, 1), datetime.date(2023, 2, 1)
    story = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], date=inside)
    earlier = factories.NewsPageFactory(parent=site.news_index, campaigns=[campaign], date=outside)
    for text, values in {
        "story and own day": {"source": story, "date": datetime.date(2025, 1, 1), "campaigns": [campaign]},
        "story": {"source": story, "date": None},
        "own day": {"source": earlier, "date": datetime.date(2025, 1, 2), "campaigns": [campaign]},
        "story of an older quote": {"source": story, "date": outside},
        "own day of the story alone": {"source": earlier, "date": inside},
        "neither": {"source": earlier, "date": outside, "campaigns": [campaign]},
    }.items():
        factories.QuoteFactory(text=text, **values)
    for year in (2025, 2024, 2023):
        factories.KeyFigureFactory(label=f"{year}", year=year, story=story)
    factories.KeyFigureFactory(label="by itself", year=2024, campaigns=[campaign])
    write_recorded()
    period = Period(edition.starts_on, datetime.date(2025, 7, 30))
    found = gathered(campaign, Scope(campaign=campaign.translation_key, period=period))
    expected = ["story", "own day", "story and own day", "story of an older quote"]
    assert [card.text for card in found["quotes"]] == expected
    assert [card.label for card in found["figures"]] == ["2025", "by itself", "2024", "2023"]
    last = gathered(campaign, Scope(campaign=campaign.translation_key, period=Period(edition.starts_on)))
    assert [card.text for card in last["quotes"]] == expected


def cost(function: Callable[[], object]) -> tuple[int, int]:
    """Return the steps of SQLite's virtual machine, in tens, and the number of queries."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    function()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(count, 10)
    try:
        with CaptureQueriesContext(connection) as captured:
            function()
    finally:
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)
    return steps, len(captured)


Costs = dict[str, tuple[int, int]]


@pytest.fixture
def dearer(site) -> Callable[[Any, Callable[[NewsPage, int], dict[str, Callable[[], object]]]], Costs]:
    """Return which of the reads that a function returns cost more with 400 stories of a campaign than with 40, in
    queries or by 15 % in steps. The function gets a story with material and the number of the last page of the
    list of stories."""

    def check(campaign: Any, reads: Callable[[NewsPage, int], dict[str, Callable[[], object]]]) -> Costs:
        ties = {
            "place": factories.PlaceFactory(),
            "campaign": campaign,
            "topic": factories.TopicFactory(),
            "organisation": factories.OrganisationFactory(),
        }

        def costs(of_a_month: int) -> Costs:
            made: Sequence[NewsPage] = []
            for month in range(1, 11):
                made = insert_stories(site.news_index, of_a_month, ties, date=datetime.date(2024, month, 9))
                for factory in (factories.QuoteFactory, factories.TakeawayFactory):
                    insert_pieces(factory, of_a_month, campaign)
                    # More than a page shows.
                    insert_pieces(factory, DEFAULT_LIMIT + 1, source=made[-1])
            story = NewsPage.objects.get(pk=made[-1].pk)
            return {name: cost(read) for name, read in reads(story, NewsPage.objects.count() // 12).items()}

        few, many = costs(4), costs(36)
        assert len(few) == len(many) > 5
        return {
            name: (steps, queries)
            for name, (steps, queries) in many.items()
            if queries != few[name][1] or steps > few[name][0] * 1.15
        }

    return check


def test_lists__are_read_in_the_same_steps_whatever_their_length(site, dearer):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index)
    found = dearer(
        campaign,
        lambda story, last: {
            "campaign": lambda: gathered(campaign),
            "site": lambda: gathered(campaign, Scope()),
            "story": lambda: gathered(campaign, Scope(story=story.translation_key)),
            "news": lambda: news("page=1"),
            "deep": lambda: news(f"page={last}"),
            "of a campaign": lambda: news(f"campaign={campaign.slug}&page={last}"),
            "of a year": lambda: news(f"year=2024&page={last}"),
        },
    )
    assert found == {}


def test_pages__are_made_in_the_same_steps_whatever_the_number_of_stories(client, site, dearer):
    campaign = factories.CampaignPageFactory(parent=site.campaign_index, slug="campaign")
    edition = factories.EditionPageFactory(parent=campaign, year=2024)
    section = factories.SectionPageFactory(parent=site.home)
    project = factories.ProjectPageFactory(parent=section)

    def reads(story: NewsPage, last: int) -> dict[str, Callable[[], object]]:
        pages = [campaign, edition, site.campaign_index, site.home, story, section, project, site.news_index]
        addresses = {type(page).__name__: page.get_url() for page in pages}
        addresses |= {
            "deep": f"{site.news_index.get_url()}?page={last}",
            "feed": "/en/feeds/news.atom",
            "feed of a campaign": "/en/feeds/campaigns/campaign.atom",
        }
        return {name: partial(show, client, address) for name, address in addresses.items()}

    assert dearer(campaign, reads) == {}


def show(client, address: str) -> None:
    assert client.get(address).status_code == 200, address


def news(parameters: str) -> dict[str, Any]:
    with translation.override("en"):
        return news_listing(RequestFactory().get(f"/?{parameters}"), {"campaign": "", "topic": "", "year": ""})


@pytest.mark.parametrize("numbers", [(0,), (5, 7), (12,), (13, 1, 0, 30)])
def test_pages__follow_each_other_without_gap(site, numbers):
    for month, count in enumerate(numbers, 1):
        if count:
            insert_stories(site.news_index, count, {}, date=datetime.date(2024, month, 9))
    shown: list[str] = []
    pages = news("page=1")["pager"].paginator.num_pages
    for page in range(1, pages + 1):
        shown += [card.url for card in news(f"page={page}")["stories"]]
    expected = NewsPage.objects.order_by("-date", "-pk")
    assert shown == [story.url for story in expected]
