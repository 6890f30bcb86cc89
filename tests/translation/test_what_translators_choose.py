"""What translators are told by exports and the API, and what their forms take."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import reverse
from wagtail.models import Page

from campaigns.models import NewsPage
from tests import factories
from tests.forms import quote_form, section_form
from tests.translation.ground import thing_with


@pytest.mark.parametrize("word", ["Draftzavr", "Privatezavr", "Tajikzavr", "Personzavr", "Quotezavr"])
def test_translator__is_told_no_title_by_the_export(ground, word):
    thing = thing_with(ground, word)
    asked = "page" if isinstance(thing, NewsPage) else "object"
    key = thing.pk if asked == "page" else f"{thing._meta.label_lower}:{thing.pk}"
    url = reverse("translation_exchange:export") + f"?{asked}={key}"
    nobody = factories.UserFactory()
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert word not in ground.client.get(url).text
    assert word not in ground.newsroom.as_(nobody).get(url).text
    assert word in ground.newsroom.as_(ground.newsroom.editor).get(url).text

    label = ("wagtailcore", "page") if asked == "page" else (thing._meta.app_label, thing._meta.model_name)
    bulk = reverse("wagtail_bulk_action", args=[*label, "export_for_translators"])
    assert word not in ground.client.get(f"{bulk}?id={thing.pk}&next=/admin/", follow=True).text


def test_translator__exports_what_was_sent_by_its_title(ground):
    url = reverse("translation_exchange:export")
    shown = ground.client.get(f"{url}?page={ground.sent.pk}&object=campaigns.person:{ground.speaker.pk}").text
    assert "Story Sentstory" in shown
    assert "Nigora Sentname" in shown


def test_api__names_translations_by_the_titles_that_readers_see(ground):
    renamed = thing_with(ground, "Renamedzavr")
    row = factories.ContentPageFactory(
        parent=ground.newsroom.site.homes["ru"], title="Раздел", translation_key=renamed.translation_key
    )
    draft = factories.ContentPageFactory(
        parent=ground.newsroom.site.homes["tg"],
        title="Tgzavr",
        translation_key=renamed.translation_key,
        live=False,
    )
    url = reverse("wagtailadmin_api:pages:detail", args=[row.pk])

    seen = ground.client.get(url)

    named = {each["id"]: each["admin_display_title"] for each in seen.json()["meta"]["translations"]}
    assert named == {renamed.pk: "Story below it"}
    whole = ground.newsroom.as_(ground.newsroom.editor).get(url).json()["meta"]["translations"]
    assert {renamed.pk, draft.pk} <= {each["id"] for each in whole}
    assert "Renamedzavr" in str(whole)


@pytest.mark.parametrize("slug", ["renamed", "below"])
def test_page_chooser__answers_with_the_titles_that_readers_see(ground, slug):
    page = Page.objects.get(slug=slug)
    url = reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={page.pk}"
    assert "Renamedzavr" not in ground.client.get(url).text
    assert "Renamedzavr" in ground.newsroom.as_(ground.newsroom.editor).get(url).text


def link_to(pk: int, kind: str) -> str:
    text = {
        "key": "a",
        "text": "It",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 2, "key": 0}],
    }
    entity = {"type": kind, "mutability": "MUTABLE", "data": {"id": pk}}
    return json.dumps({"blocks": [text], "entityMap": {"0": entity}})


def rich_text(value: str) -> dict[str, str]:
    block = {"deleted": "", "order": "0", "type": "rich_text", "id": "", "value": value}
    return {"body-count": "1", **{f"body-0-{name}": each for name, each in block.items()}}


def form_with(thing: models.Model) -> dict[str, str]:
    kind = thing._meta.model_name
    if kind == "siteimage":
        return section_form(lead_image=str(thing.pk))
    if kind == "person":
        return quote_form(speaker=str(thing.pk))
    return section_form(**rich_text(link_to(thing.pk, "DOCUMENT" if kind == "document" else "LINK")))


@pytest.mark.parametrize("word", ["Imagozavr", "Docuzavr", "Draftzavr", "Personzavr"])
@pytest.mark.parametrize("way", ["preview", "save"])
def test_translator__puts_nothing_into_a_form_that_its_choosers_do_not_offer(ground, word, way):
    thing = thing_with(ground, word)
    if word == "Personzavr":
        row = factories.QuoteFactory(text="Наша цитата", locale="ru")
        names = {"preview": "preview_on_edit", "save": "edit"}
        url = reverse(row.snippet_viewset.get_url_name(names[way]), args=[row.pk])
    else:
        row = factories.SectionPageFactory(parent=ground.newsroom.site.homes["ru"], title="Our work")
        names = {"preview": "preview_on_edit", "save": "edit"}
        url = reverse(f"wagtailadmin_pages:{names[way]}", args=[row.pk])
    sent = form_with(thing)

    for client, may in ((ground.client, False), (ground.newsroom.as_(ground.newsroom.editor), True)):
        answer = client.post(url, sent)
        if way == "preview":
            assert answer.json()["is_valid"] is may, word
        else:
            assert (answer.status_code == 302) is may, word
