"""A copied edition does not go live with what it took over from another year."""

import datetime
import json

import pytest
from django.urls import reverse
from wagtail.models import APIToken

from campaigns.models import EditionPage
from core.publishing.gate import PublishBlocked
from tests import factories
from tests.scenes import scene

BODY = [
    {"type": "rich_text", "value": "<p>Last year's week begins at school.</p><p>Come and see.</p>"},
    {
        "type": "programme",
        "value": {
            "heading": "The week",
            "entries": [
                {"date": "2025-07-28", "title": "Open lesson", "place": "Dushanbe"},
                {"date": "2025-07-30", "title": "Evening of films", "place": "Khujand"},
            ],
        },
    },
]


@scene
def campaign(site):
    return factories.CampaignPageFactory(parent=site.campaign_index)


@scene
def edition(campaign):
    return factories.EditionPageFactory(
        parent=campaign,
        year=2025,
        title="The week of 2025",
        global_theme="End the exploitation",
        starts_on=datetime.date(2025, 7, 1),
        body=json.dumps(BODY),
    )


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(groups=["Publisher"])
    client.force_login(user)
    return user


def of_2026(edition, **changed) -> EditionPage:
    copy = edition.copy(update_attrs={"slug": "2026", "title": "The week of 2026"}, keep_live=False)
    draft = EditionPage.objects.get(pk=copy.pk).get_latest_revision_as_object()
    for name, value in changed.items():
        setattr(draft, name, value)
    return draft


def codes(draft) -> dict[str, set[str]]:
    """Where the gate finds what was copied, by field."""
    with pytest.raises(PublishBlocked) as blocked:
        draft.save_revision(clean=False).publish()
    found = [finding for finding in blocked.value.findings if finding.code == "copied"]
    return {finding.field: {each.where for each in found if each.field == finding.field} for finding in found}


def by_form(client, edition):
    client.post(
        reverse("wagtailadmin_pages:copy", args=[edition.pk]),
        {"new_title": "The week of 2026", "new_slug": "2026", "new_parent_page": edition.get_parent().pk},
    )


def by_admin_api(client, edition):
    client.post(
        reverse("wagtailadmin_api:pages:action", args=[edition.pk, "copy"]),
        {"slug": "2026", "title": "The week of 2026", "keep_live": "false"},
    )


def in_code(client, edition):
    edition.copy(update_attrs={"slug": "2026", "title": "The week of 2026"}, keep_live=False)


@pytest.mark.parametrize("copying", [by_form, by_admin_api, in_code])
def test_copied_edition__is_blocked_by_whatever_way_it_was_copied(client, publisher, edition, copying):
    copying(client, edition)
    copy = EditionPage.objects.exclude(pk=edition.pk).get()
    draft = copy.get_latest_revision_as_object()
    draft.starts_on = datetime.date(2026, 7, 1)

    assert codes(draft) == {"global_theme": {"global theme"}, "body": {"body › Text", "body › Programme"}}
    assert not EditionPage.objects.get(pk=copy.pk).live


def test_copied_edition__that_keeps_its_day_is_blocked(edition):
    draft = of_2026(edition, starts_on=edition.starts_on)
    assert "starts_on" in codes(draft)


def test_copied_edition__made_live_by_copying_is_refused(edition):
    with pytest.raises(PublishBlocked):
        edition.copy(update_attrs={"slug": "2026", "title": "The week of 2026", "year": 2026}, keep_live=True)
    assert EditionPage.objects.count() == 1


@pytest.mark.parametrize("theme", ["End the  Exploitation ", "END THE EXPLOITATION", "End the exploitation!"])
def test_copied_edition__with_another_case_or_spacing_has_not_changed(edition, theme):
    assert "global_theme" in codes(of_2026(edition, global_theme=theme))


def test_copied_edition__whose_one_entry_was_changed_still_has_the_other(edition):
    body = [*BODY[1:]]
    body[0]["value"]["entries"][0] |= {"date": "2026-07-28"}
    draft = of_2026(edition, global_theme="", starts_on=datetime.date(2026, 7, 1), body=json.dumps(body))
    assert codes(draft) == {"body": {"body › Programme"}}


def test_copied_edition__whose_dates_stayed_is_blocked_though_all_around_them_was_changed(edition):
    body = json.loads(json.dumps(BODY[1:]))
    body[0]["value"]["heading"] = "Our new week"
    for entry in body[0]["value"]["entries"]:
        entry["title"] += " for everybody"
    draft = of_2026(edition, global_theme="", starts_on=datetime.date(2026, 7, 1), body=json.dumps(body))
    assert codes(draft) == {"body": {"body › Programme"}}


def test_copied_edition__whose_figures_stayed_is_blocked_once_they_have_been_read(edition):
    points = [{"label": "Dushanbe", "value": "1250.5"}, {"label": "Khujand", "value": "7"}]
    chart = {"type": "chart", "value": {"kind": "bars", "description": "Calls", "points": points}}
    edition.body = json.dumps([chart])
    edition.save_revision(clean=False).publish()
    draft = of_2026(edition, global_theme="", starts_on=datetime.date(2026, 7, 1))
    assert [point["value"] for point in draft.body[0].value["points"]] == [1250.5, 7]

    assert codes(draft) == {"body": {"body › Chart"}}


def test_copied_edition__whose_one_sentence_was_changed_still_has_the_other(edition):
    text = "<p>Last year's week begins at school.</p><p>Come and look.</p>"
    body = json.dumps([{"type": "rich_text", "value": text}])
    draft = of_2026(edition, global_theme="", starts_on=datetime.date(2026, 7, 1), body=body)
    assert codes(draft) == {"body": {"body › Text"}}


def test_copied_edition__that_was_changed_all_over_goes_live(edition):
    draft = of_2026(
        edition,
        global_theme="A new theme",
        starts_on=datetime.date(2026, 7, 1),
        body=json.dumps([{"type": "rich_text", "value": "<p>This year begins elsewhere.</p>"}]),
    )
    draft.save_revision(clean=False).publish()
    assert EditionPage.objects.get(pk=draft.pk).live


def test_copy_of_a_copy__names_what_it_was_copied_from(edition):
    copy = EditionPage.objects.get(pk=of_2026(edition).pk)
    third = copy.copy(update_attrs={"slug": "2027", "title": "The week of 2027", "year": 2027}, keep_live=False)
    with pytest.raises(PublishBlocked, match="The week of 2026"):
        EditionPage.objects.get(pk=third.pk).get_latest_revision_as_object().save_revision(clean=False).publish()


def test_confirmation__lets_a_copy_go_live_and_says_who_confirmed(client, publisher, edition):
    draft = of_2026(edition, starts_on=datetime.date(2026, 7, 1))
    draft.save_revision(clean=False)
    url = reverse("copied_parts", args=[draft.pk])
    shown = client.get(url).context["taken"]
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text

    response = client.post(url, {"part": [part.digest for part, _source in shown]}, follow=True)

    assert f"{len(shown)} parts are confirmed." in response.text
    draft.save_revision(clean=False).publish()
    assert EditionPage.objects.get(pk=draft.pk).live
    history = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk]))
    assert "Copied content confirmed" in history.text


def test_confirmation__of_one_part_leaves_the_others(client, publisher, edition):
    draft = of_2026(edition, starts_on=datetime.date(2026, 7, 1))
    url = reverse("copied_parts", args=[draft.pk])
    [theme] = [part for part, _source in client.get(url).context["taken"] if part.field == "global_theme"]
    client.post(url, {"part": theme.digest})
    assert set(codes(draft)) == {"body"}


def test_confirmation__of_nothing_changes_nothing(client, publisher, edition):
    draft = of_2026(edition)
    response = client.post(reverse("copied_parts", args=[draft.pk]), {"part": "made up"})
    assert "Select at least one part." in response.text
    assert "global_theme" in codes(draft)


def test_confirmation__is_for_those_who_may_edit_the_page(client, site, edition):
    draft = of_2026(edition)
    client.force_login(factories.UserFactory(groups=["Translator ru"]))
    url = reverse("copied_parts", args=[draft.pk])
    assert client.get(url).status_code in (302, 403)
    client.post(url, {"part": "x"})
    assert "global_theme" in codes(draft)


def test_translation_of_a_copy__waits_for_its_original(site, campaign, edition):
    campaign.copy_for_translation(site.locales["ru"])
    copy = EditionPage.objects.get(pk=of_2026(edition).pk)
    russian = copy.copy_for_translation(site.locales["ru"])
    russian.global_theme = "Новая тема"
    assert "global_theme" in codes(russian)


def test_edition__of_which_a_translation_is_made_is_no_copy(site, campaign, edition):
    campaign.copy_for_translation(site.locales["ru"])
    russian = edition.copy_for_translation(site.locales["ru"])
    russian.save_revision(clean=False).publish()
    assert EditionPage.objects.get(pk=russian.pk).live


def test_edition__that_was_live_stays_live_and_can_be_edited(edition):
    edition.copy(update_attrs={"slug": "2026", "title": "The week of 2026"}, keep_live=False)
    edition.global_theme = "End the exploitation now"
    edition.save_revision(clean=False).publish()
    edition.refresh_from_db()
    assert edition.live
    assert edition.global_theme == "End the exploitation now"


def test_api_v3__publishes_no_copy_as_it_is(client, settings, edition):
    settings.ROOT_URLCONF = "tests.urls_with_api"
    user = factories.UserFactory(groups=["Publisher"])
    _token, key = APIToken.create_token(user=user, name="test")
    draft = of_2026(edition, starts_on=datetime.date(2026, 7, 1))
    draft.save_revision(clean=False)
    response = client.post(
        f"/api/v3/pages/{draft.pk}/actions/publish/", headers={"Authorization": f"Bearer {key}"}
    )
    assert response.status_code == 422
    assert not EditionPage.objects.get(pk=draft.pk).live
