"""A small site with a bit of everything that readers ask for."""

from django_tasks_db.models import DBTaskResult

from core.helplines.changes import COPY
from core.publishing.gate import confirmed
from core.work import perform_recorded
from tests.factories import CampaignPageFactory, NewsPageFactory, QuoteFactory, UserFactory
from tests.helplines import HelplineFactory
from tests.site_tree import make_site

NUMBER = "000-55-66"


def make_readable() -> list[str]:
    """Return addresses that are answered by 200, and at the end one that is answered by 404."""
    with confirmed():
        HelplineFactory(
            number=NUMBER, texts={code: {"name": f"Line {code}"} for code in ("en", "ru", "tg", "fa-af")}
        )
        site = make_site()
        campaign = CampaignPageFactory(parent=site.campaign_index, title="Ask first")
        story = NewsPageFactory(parent=site.news_index, title="A morning", campaigns=[campaign])
        QuoteFactory(text="I asked first.", source=story, locale="en")
    homes = [f"/{code}/" for code in site.homes]
    pages = [campaign.get_url(), story.get_url(), "/en/search/?q=morning", "/en/feeds/news.atom"]
    return [*homes, *pages, "/sitemap-en-1.xml", "/api/v2/news/?locale=ru", "/tg/nowhere/"]


def make_editor() -> None:
    """Make an administrator “stress”."""
    UserFactory(username="stress", is_superuser=True)


def enqueue() -> str:
    """Give the worker something to do. Return the id of the task."""
    return str(perform_recorded.enqueue(COPY).id)


def is_done(task: str) -> bool:
    return DBTaskResult.objects.successful().filter(pk=task).exists()
