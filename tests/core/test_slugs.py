import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from core import rules
from core.addresses.slugs import ascii_slug, slug_formatters
from home.models import SectionPage
from tests import factories
from tests.forms import section_form

TITLES = {
    "Рӯзи ҷаҳонии мубориза бо хариду фурӯши одамон": "ruzi-jahonii-muboriza-bo-kharidu-furushi-odamon",
    "Ғайрат, қувва, ӣ ва ҳаққ": "ghayrat-quvva-i-va-haqq",
    "Всемирный день борьбы с торговлей людьми": "vsemirnyy-den-borby-s-torgovley-lyudmi",
    "Объём ёлки: 5": "obem-elki-5",
    "World Day": "world-day",
}


@pytest.fixture
def editor(site, client):
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


def in_browser(title: str) -> str:
    """What Wagtail's script makes of a title: the formatters first, then its own letters, spaces and case."""
    for pattern, replacement in slug_formatters():
        title = re.sub(pattern, replacement, title)
    return slugify(title)


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_slug__is_ascii_for_every_letter(title, slug):
    assert ascii_slug(title) == slug


@pytest.mark.parametrize("title", TITLES)
def test_slug_input__has_the_servers_table(title):
    assert in_browser(title) == ascii_slug(title)


def test_slug__is_asked_for_in_dari():
    assert ascii_slug("روز جهانی جوانان") == in_browser("روز جهانی جوانان") == ""


def test_slug__is_cut_to_its_field():
    assert ascii_slug("ж" * 300, 80) == "zh" * 40


@pytest.mark.django_db
def test_page__without_slug_gets_one_from_its_title(site):
    page = site.homes["tg"].add_child(instance=SectionPage(title="Маълумот ва захираҳо", live=False))

    assert page.slug == "malumot-va-zakhiraho"


@pytest.mark.django_db
def test_page__with_the_title_of_a_sibling_gets_another_slug(site):
    slugs = [site.home.add_child(instance=SectionPage(title="Take action")).slug for _ in range(2)]

    assert slugs == ["take-action", "take-action-2"]


@pytest.mark.django_db
def test_page__in_arabic_letters_needs_a_slug(site):
    with pytest.raises(ValidationError) as error:
        site.home.add_child(instance=SectionPage(title="روز جهانی جوانان", live=False))

    assert "Latin letters" in error.value.message_dict["slug"][0]


@pytest.mark.django_db
def test_slug__stays_when_the_title_changes(site):
    page = factories.SectionPageFactory(parent=site.home, title="Our work")

    page.title = "What we do"
    page.save()
    page.title = "Чӣ кор мекунем"
    page.save_revision().publish()

    assert Page.objects.get(pk=page.pk).slug == "our-work"


@pytest.mark.django_db
@pytest.mark.parametrize("live", [True, False])
def test_slug__of_another_page_in_another_language_is_refused(site, live):
    factories.SectionPageFactory(parent=site.homes["tg"], title="Кор", slug="work")

    with pytest.raises(ValidationError) as error:
        site.home.add_child(instance=SectionPage(title="Work", slug="work", live=live))

    assert "“work”" in error.value.message_dict["slug"][0]
    assert "Кор" in error.value.message_dict["slug"][0]


@pytest.mark.django_db
def test_slug__of_a_translated_page_cannot_change(site):
    page = factories.SectionPageFactory(parent=site.home, slug="work")
    page.copy_for_translation(site.locales["ru"])

    page.slug = "our-work"
    with pytest.raises(ValidationError) as error:
        page.save()

    assert "“work”" in error.value.message_dict["slug"][0]


@pytest.mark.django_db
def test_home_pages__are_free_in_their_slugs(site):
    site.home.slug = "welcome"
    site.home.save()

    assert Page.objects.get(pk=site.home.pk).slug == "welcome"


@pytest.mark.django_db
def test_copy_for_translation__keeps_the_slug(site):
    page = factories.SectionPageFactory(parent=site.homes["tg"], title="Фаъолияти мо")

    copies = [page.copy_for_translation(site.locales[code]) for code in ("en", "ru")]

    assert {copy.slug for copy in copies} == {"faoliyati-mo"}


@pytest.mark.django_db
def test_copy_for_translation__where_the_slug_is_taken_is_refused(site):
    page = factories.SectionPageFactory(parent=site.home, slug="work")
    # As if it had come by a way that asks nobody.
    taken = factories.SectionPageFactory(parent=site.homes["ru"], slug="works")
    Page.objects.filter(pk=taken.pk).update(slug="work")

    with pytest.raises(ValidationError):
        page.copy_for_translation(site.locales["ru"])

    assert not Page.objects.filter(slug="work-1").exists()


@pytest.mark.django_db
def test_localize__keeps_the_slug_through_translated_titles(site, django_capture_on_commit_callbacks):
    page = factories.SectionPageFactory(parent=site.home, title="Our work")
    titles = {"ru": "Наша работа", "tg": "Кори мо"}
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(page, [site.locales[code] for code in titles])

    for code, title in titles.items():
        translation = Translation.objects.get(target_locale=site.locales[code])
        segment = TranslationSource.objects.get().stringsegment_set.get(context__path="title")
        segment.string.translations.create(locale=site.locales[code], context=segment.context, data=title)
        with rules.reviewed_elsewhere(), django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)

    translated = {p.locale.language_code: p for p in page.get_translations()}
    assert {code: p.title for code, p in translated.items()} == titles
    assert {p.slug for p in translated.values()} == {"our-work"}
    assert translated["tg"].get_url() == "/tg/our-work/"


@pytest.mark.django_db
def test_editor__is_told_beside_the_field_that_a_slug_is_taken_elsewhere(editor, site):
    factories.SectionPageFactory(parent=site.homes["ru"], title="Работа", slug="work")
    url = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])

    response = editor.post(url, section_form(title="What we do", slug="work"))

    assert "Работа" in response.context["form"].errors["slug"][0]
    assert not SectionPage.objects.filter(title="What we do").exists()


@pytest.mark.django_db
def test_editor__cannot_change_the_slug_of_a_translated_page(editor, site):
    page = factories.SectionPageFactory(parent=site.home, slug="work")
    page.copy_for_translation(site.locales["ru"])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    shown = editor.get(url)
    assert shown.context["form"].fields["slug"].disabled
    assert "Cannot be changed" in shown.content.decode()
    editor.post(url, section_form(title="Work", slug="something-else", introduction="New words"))

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.introduction, draft.slug) == ("New words", "work")


@pytest.mark.django_db
def test_editor__proposes_a_slug_until_readers_know_it(editor, site):
    draft = factories.SectionPageFactory(parent=site.home, live=False)
    page = factories.SectionPageFactory(parent=site.home)

    def title_actions(url: str) -> str:
        form = editor.get(url).context["form"]
        return form.fields["title"].widget.attrs.get("data-action", "")

    assert "w-sync#apply" in title_actions(
        reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
    )
    assert "w-sync#apply" in title_actions(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "w-sync#apply" not in title_actions(reverse("wagtailadmin_pages:edit", args=[page.pk]))
