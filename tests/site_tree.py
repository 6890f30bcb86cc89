from dataclasses import dataclass
from typing import Any

from django.conf import settings
from wagtail.models import Collection, Locale, Page, Site

from campaigns import models as campaigns
from home import models as home
from tests import factories


@dataclass(frozen=True)
class SiteTree:
    """The least of a site: each language has its home, and each home its lists of stories and campaigns."""

    site: Site
    root: Page
    locales: dict[str, Locale]
    homes: dict[str, home.HomePage]
    news_indexes: dict[str, campaigns.NewsIndexPage]
    campaign_indexes: dict[str, campaigns.CampaignIndexPage]

    @property
    def home(self) -> home.HomePage:
        return self.homes["en"]

    @property
    def news_index(self) -> campaigns.NewsIndexPage:
        return self.news_indexes["en"]

    @property
    def campaign_index(self) -> campaigns.CampaignIndexPage:
        return self.campaign_indexes["en"]


def make_site() -> SiteTree:
    """Also on tables that a live server's test has emptied."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales["en"])
    welcome = root.get_children().first()
    homes: dict[str, home.HomePage] = {}
    for code, locale in locales.items():
        homes[code] = factories.HomePageFactory(
            parent=root,
            title=f"Home {code}",
            slug=f"start-{code}",
            locale=locale,
            **_as_translation_of(homes.get("en")),
        )
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": homes["en"], "site_name": "Test"},
    )
    if welcome:
        welcome.delete()
    news: dict[str, campaigns.NewsIndexPage] = {}
    campaign_lists: dict[str, campaigns.CampaignIndexPage] = {}
    for code, page in homes.items():
        news[code] = factories.NewsIndexPageFactory(parent=page, **_as_translation_of(news.get("en")))
        campaign_lists[code] = factories.CampaignIndexPageFactory(
            parent=page, **_as_translation_of(campaign_lists.get("en"))
        )
    return SiteTree(site, root, locales, homes, news, campaign_lists)


def translated_tree(site: SiteTree, locale: Locale) -> None:
    """The same home and lists in one more language."""
    code = locale.language_code
    site.locales[code] = locale
    site.homes[code] = factories.HomePageFactory(
        parent=site.root,
        title=f"Home {code}",
        slug=f"start-{code}",
        locale=locale,
        **_as_translation_of(site.home),
    )
    site.news_indexes[code] = factories.NewsIndexPageFactory(
        parent=site.homes[code], **_as_translation_of(site.news_index)
    )
    site.campaign_indexes[code] = factories.CampaignIndexPageFactory(
        parent=site.homes[code], **_as_translation_of(site.campaign_index)
    )


def _as_translation_of(original) -> dict[str, Any]:
    return {"translation_key": original.translation_key} if original else {}
