from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import Translation

from campaigns import models as campaigns
from home.demo import content, loader
from home.demo.users import USERS, demo_password
from home.models import ContentPage, HomePage, ResourcePage

# Of each language how many pages the demo has at least: Dari has but the beginning.
LANGUAGES = {"en": 46, "ru": 46, "tg": 46, "fa-af": 30}


@pytest.fixture(scope="module")
def media_root(tmp_path_factory) -> str:
    return str(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, media_root) -> Iterator[None]:
    """The demo, for this module and in a transaction that is never committed."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media_root), transaction.atomic():
        call_command("load_demo")
        yield
        transaction.set_rollback(True)


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
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page__answers_in_its_language(code):
    pages = Page.objects.filter(locale__language_code=code, depth__gt=1).specific()
    assert len(pages) >= LANGUAGES[code]
    for page in pages:
        response = Client().get(page.get_url())
        assert response.status_code == 200, page.get_url()
        assert f'<html lang="{code}"' in response.content.decode(), page.get_url()


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
    for code, words in (("ru", "сделаны машиной"), ("tg", "мошин сохтааст"), ("fa-af", "ماشین ساخته است")):
        assert words in Client().get(f"/{code}/who-we-are/about/").content.decode()


@pytest.mark.usefixtures("_demo")
def test_second_run__changes_nothing(capsys):
    def state():
        pages = Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "last_published_at")
        return list(pages), Revision.objects.count(), campaigns.Quote.objects.count()

    before = state()
    call_command("load_demo")
    assert state() == before
    assert "nothing was changed" in capsys.readouterr().err


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
def test_users__are_in_their_groups_and_can_log_in(capsys):
    call_command("load_demo")
    printed = capsys.readouterr().out
    for username, group in USERS.items():
        user = get_user_model().objects.get(username=username)
        assert user.is_superuser == (not group)
        assert [each.name for each in user.groups.all()] == ([group] if group else [])
        assert Client().login(username=username, password=demo_password(username))
        assert demo_password(username) in printed


def _small_demo(monkeypatch, pages: int) -> None:
    chosen = content.pages()[:pages]
    monkeypatch.setattr(content, "pages", lambda: chosen)
    monkeypatch.setattr(content, "snippets", list)
    monkeypatch.setattr(content, "images", lambda: _with_small_files(chosen))


def _with_small_files(pages):
    return [data for data in _ALL_IMAGES if any(page.data.get("lead_image") == data["slug"] for page in pages)]


_ALL_IMAGES = content.images()


@pytest.mark.django_db
def test_load__is_all_or_nothing(monkeypatch):
    def fail(*args) -> None:
        raise RuntimeError

    _small_demo(monkeypatch, pages=3)
    monkeypatch.setattr(loader, "translate", fail)
    with pytest.raises(RuntimeError):
        call_command("load_demo")
    assert not HomePage.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_load__makes_no_users_outside_a_demo(monkeypatch, settings, capsys):
    _small_demo(monkeypatch, pages=1)
    settings.DEMO = False
    call_command("load_demo")
    assert HomePage.objects.count() == len(LANGUAGES)
    assert not get_user_model().objects.exists()
    assert "demo" not in capsys.readouterr().out


def test_load__takes_the_place_of_an_editors_home(site, monkeypatch):
    _small_demo(monkeypatch, pages=3)
    call_command("load_demo")
    site.home.refresh_from_db()
    assert site.home.title == "Home en"
    assert ContentPage.objects.get(slug="about", locale__language_code="ru").title == "О сайте"
