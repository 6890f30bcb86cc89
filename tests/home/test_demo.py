"""The demo: what is loaded, and each of its public pages as a reader asks it, which is what a page cache in front
of the site relies on. It is loaded once for all of this."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import Translation

from campaigns import models as campaigns
from core.consent.withdrawals import withdraw
from core.http.csp import PUBLIC
from core.languages.site_languages import LocaleCodes, all_languages, language
from home.demo import content
from home.demo.users import USERS, demo_password
from home.models import ContentPage, HomePage, ResourcePage
from tests.databases import load_demo, restore
from tests.reading import foreign_requests, inline_parts
from tests.withdrawing import stored
from translation.exchange.formats import written
from translation.exchange.strings import files_of

QUERIES_AT_MOST = 30

# Of each language how many pages the demo has at least: Dari has but the beginning.
LANGUAGES = {"en": 46, "ru": 46, "tg": 46, "fa-af": 30}


@pytest.fixture(scope="module")
def media_root(tmp_path_factory) -> str:
    return str(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, media_root) -> Iterator[None]:
    """The demo, for this module alone."""
    with django_db_blocker.unblock():
        load_demo(Path(media_root))
        yield
        restore()


@pytest.fixture
def _demo(_loaded, settings, media_root) -> Iterator[None]:
    """What a test changes is taken back after it."""
    settings.MEDIA_ROOT = media_root
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _english(model):
    return model.objects.filter(locale__language_code="en", live=True)


@pytest.mark.usefixtures("_demo")
def test_load__writes_what_a_demo_needs():
    assert _english(campaigns.NewsPage).count() >= 12
    assert _english(campaigns.Quote).count() >= 8
    assert _english(campaigns.Takeaway).count() >= 10
    assert _english(campaigns.KeyFigure).count() >= 6
    assert _english(campaigns.ProjectPage).count() == 3
    assert _english(ResourcePage).count() >= 5
    editions = _english(campaigns.EditionPage).values_list("slug", flat=True)
    assert sorted(editions) == sorted(["2020", "2021", "2022", "2023", "2024", "2025"] * 2)
    assert not campaigns.EditionPage.objects.filter(global_theme="").exists()


@pytest.mark.usefixtures("_demo")
def test_load__is_wholly_published():
    assert not Page.objects.filter(live=False).exists()
    assert not Page.objects.filter(has_unpublished_changes=True).exists()
    for model in content.SNIPPETS:
        assert not model.objects.filter(live=False).exists()


@pytest.mark.usefixtures("_demo")
def test_load__leaves_a_sound_tree_beneath_one_site():
    assert Page.find_problems() == ([], [], [], [], [])
    assert isinstance(Site.objects.get().root_page.specific, HomePage)
    assert {page.locale.language_code for page in HomePage.objects.all()} == set(LANGUAGES)


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(("code", "count"), LANGUAGES.items())
def test_every_language__has_its_pages(code, count):
    assert Page.objects.filter(locale__language_code=code, depth__gt=1).count() >= count


@pytest.mark.usefixtures("_demo")
def test_translations__are_complete_for_the_translator():
    for translation in Translation.objects.select_related("source"):
        total, translated = translation.get_progress()
        assert total == translated > 0, translation.source.object_repr


@pytest.mark.usefixtures("_demo")
def test_translations__open_in_the_translators_editor():
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    page = campaigns.CampaignPage.objects.get(slug="wdatip", locale__language_code="ru")
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert "wagtail_localize/admin/edit_translation.html" in {template.name for template in response.templates}


@pytest.mark.usefixtures("_demo")
def test_translations__some_are_lacking_on_purpose():
    def lacking(model, code):
        keys = model.objects.filter(locale__language_code=code).values("translation_key")
        return _english(model).exclude(translation_key__in=keys).count()

    assert lacking(campaigns.NewsPage, "tg") == 4
    assert lacking(campaigns.NewsPage, "ru") == 2
    assert lacking(ContentPage, "ru") == 1
    assert campaigns.NewsPage.objects.filter(locale__language_code="fa-af").count() == 6
    assert lacking(campaigns.Quote, "tg") > 0
    assert lacking(campaigns.Takeaway, "tg") > 0


@pytest.mark.usefixtures("_demo")
def test_stories__fall_into_editions_and_carry_their_quote():
    story = campaigns.NewsPage.objects.get(slug="lanterns-in-romit", locale__language_code="tg")
    html = Client().get(story.get_url()).content.decode()
    assert "Ман барои шунидани хатоҳои дигарон омадам." in html
    for address in ("/en/campaigns/wdatip/2024/", "/en/campaigns/iyd/2024/"):
        assert "What was said under the lanterns" in Client().get(address).content.decode()


@pytest.mark.usefixtures("_demo")
def test_about__says_that_translations_are_machine_made():
    for code, words in (
        ("ru", "переведены автоматически"),
        ("tg", "мошин сохтааст"),
        ("fa-af", "ماشین ساخته است"),
    ):
        assert words in Client().get(f"/{code}/who-we-are/about/").content.decode()


@pytest.mark.usefixtures("_demo")
def test_second_run__changes_nothing(capsys):
    def state():
        pages = Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at")
        return list(pages), Revision.objects.count(), campaigns.Quote.objects.count()

    before = state()
    call_command("load_demo")
    assert state() == before
    assert "Nothing was changed" in capsys.readouterr().err


@pytest.mark.usefixtures("_demo")
def test_second_run__keeps_what_was_edited_and_deleted():
    about = ContentPage.objects.get(slug="about", locale__language_code="en")
    about.title = "About this site"
    about.save_revision().publish()
    stories = campaigns.NewsPage.objects.filter(slug="wrapped-in-ikat")
    for story in stories:
        story.delete()
    call_command("load_demo")
    about.refresh_from_db()
    assert about.title == "About this site"
    assert not stories.all().exists()


@pytest.mark.usefixtures("_demo")
def test_second_run__brings_nothing_withdrawn_back(django_capture_on_commit_callbacks):
    quote = campaigns.Quote.objects.filter(live=True, locale__language_code="en").order_by("pk")[0]
    text = quote.text
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(quote, None, "Asked for")
    assert stored(text) <= {"core_withheldcontent.rows", "core_withheldcontent.words"}

    call_command("load_demo", verbosity=0)
    assert stored(text) <= {"core_withheldcontent.rows", "core_withheldcontent.words"}
    campaigns.Quote.objects.filter(translation_key=quote.translation_key).delete()
    call_command("load_demo", verbosity=0)
    assert stored(text) <= {"core_withheldcontent.rows", "core_withheldcontent.words"}


@pytest.mark.usefixtures("_demo")
def test_users__are_in_their_groups_and_can_log_in(capsys):
    call_command("load_demo")
    printed = capsys.readouterr().out
    for username, group in USERS.items():
        user = get_user_model().objects.get(username=username)
        assert user.is_superuser == (not group)
        assert [each.name for each in user.groups.all()] == ([group] if group else [])
        assert Client().login(username=username, password=demo_password(username))
        assert demo_password(username) in printed


@dataclass(frozen=True)
class Asked:
    code: str
    status: int
    headers: dict[str, str]
    content: bytes
    queries: list[str]

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.content, "html.parser")


@pytest.fixture(scope="module")
def asked(_loaded) -> dict[str, Asked]:
    """Each address once, for all of the tests."""
    return {address: ask(address, code) for address, code in addresses().items()}


def addresses() -> dict[str, str]:
    """Address → language of every live page, and of the views that are no pages."""
    pages = Page.objects.live().public().filter(depth__gt=1)
    found = {page.get_url(): LocaleCodes.code(page.locale_id) for page in pages}
    for each in all_languages():
        found[f"/{each.code}/search/?q=a"] = each.code
        found[f"/{each.code}/news/?page=2&year=2024"] = each.code
        found[f"/{each.code}/nowhere/"] = each.code
    return found


def ask(address: str, code: str) -> Asked:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    assert not response.cookies, address
    written = [query["sql"] for query in queries.captured_queries]
    return Asked(code, response.status_code, dict(response.items()), response.content, written)


def test_public_page__asks_for_no_cookie_and_writes_nothing(asked, subtests):
    for address, page in asked.items():
        with subtests.test(address):
            assert page.status == (404 if "nowhere" in address else 200)
            assert "cookie" not in page.headers.get("Vary", "").lower()
            assert [sql for sql in page.queries if not sql.startswith("SELECT")] == []
            assert len(page.queries) <= QUERIES_AT_MOST


def test_public_page__has_the_strict_policy(asked, subtests):
    for address, page in asked.items():
        with subtests.test(address):
            policy = page.headers["Content-Security-Policy"]
            assert "unsafe" not in policy
            assert "http" not in policy
            given = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
            assert set(given) == set(PUBLIC)
            assert given["default-src"] == "'none'"


def test_public_page__is_sound_and_whole_by_itself(asked, subtests):
    for address, page in asked.items():
        with subtests.test(address):
            soup = page.soup
            assert (soup.html["lang"], soup.html["dir"]) == (page.code, language(page.code).dir)
            assert len(soup.find_all("h1")) == 1
            assert soup.title.get_text(strip=True)
            assert inline_parts(soup) == []
            assert foreign_requests(soup) == []


@pytest.mark.usefixtures("_demo")
def test_public_page__is_the_same_when_asked_again(asked, subtests):
    """One of each kind in each language, and the views."""
    of_each_kind = {
        (page.content_type_id, page.locale_id): page.get_url()
        for page in Page.objects.live().public().filter(depth__gt=1)
    }
    views = [address for address in asked if "?" in address or "nowhere" in address]
    for address in [*of_each_kind.values(), *views]:
        with subtests.test(address):
            assert asked[address].content == Client().get(address).content


@pytest.mark.usefixtures("_demo")
def test_translation_files__are_valid_by_the_strict_schema_of_xliff():
    schema = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas" / "xliff-core-1.2-strict.xsd"))
    translations = Translation.objects.filter(enabled=True).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )

    files = files_of(translations)

    assert len(files) == len(translations) > 100
    for file in files:
        assert schema.validate(etree.fromstring(written(file, "xliff"))), (file.title, schema.error_log)
