"""What tests/core/test_saving.py asks of pages, of snippets."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from campaigns.models import Person, Quote, Topic
from core.publishing.gate import PublishBlocked
from tests import factories
from tests.forms import quote_form
from tests.scenes import scene

pytestmark = pytest.mark.django_db

SCRIPT = {"accept": "application/json"}


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@scene
def other(site):
    return factories.UserFactory(is_superuser=True, first_name="Zebo", last_name="Alieva")


def url_of(row, name: str = "edit", *more: int) -> str:
    return reverse(type(row).snippet_viewset.get_url_name(name), args=[row.pk, *more])


def loaded(row) -> dict[str, str]:
    latest = type(row).objects.get(pk=row.pk).latest_revision
    if latest is None:
        return {"loaded_revision_id": "", "loaded_revision_created_at": ""}
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def newest(row):
    return type(row).objects.get(pk=row.pk).get_latest_revision_as_object()


def test_stale_save__unpublishes_nothing(site):
    quote = factories.QuoteFactory(live=False)
    revision = quote.save_revision()
    stale = Quote.objects.get(pk=quote.pk).get_latest_revision_as_object()
    revision.publish()

    with pytest.raises(PublishBlocked):
        stale.save()

    assert Quote.objects.get(pk=quote.pk).live


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("headers", [{}, SCRIPT])
@pytest.mark.parametrize("button", ["", "action-publish"])
def test_save__on_an_older_version_is_refused(client, publisher, other, live, headers, button):
    quote = factories.QuoteFactory(live=live)
    form = loaded(quote)
    quote.text = "Zebo's words"
    latest = quote.save_revision(user=other)

    sent = {**quote_form(text="My words"), **form, **({button: "1"} if button else {})}
    response = client.post(url_of(quote), sent, headers=headers)

    assert newest(quote).text == "Zebo's words"
    assert Quote.objects.get(pk=quote.pk).live is live
    kept = quote.revisions.get(content__text="My words")
    compare = url_of(quote, "revisions_compare", latest.pk, kept.pk)
    if headers:
        assert "Zebo Alieva" in response.json()["error_message"]
        assert response.json()["compare_url"] == compare
    else:
        assert "Zebo Alieva saved a newer version" in " ".join(map(str, get_messages(response.wsgi_request)))
        assert "My words" in response.content.decode()
    assert client.get(compare).status_code == 200


def test_autosave__overwrites_no_published_version(client, publisher):
    quote = factories.QuoteFactory(live=False, text="As it was")
    revision = quote.save_revision(user=publisher)
    form = {**loaded(quote), "overwrite_revision_id": str(revision.pk)}
    revision.publish(user=publisher)

    answer = client.post(url_of(quote), {**quote_form(text="After it", **form)}, headers=SCRIPT).json()

    assert answer["success"]
    quote = Quote.objects.get(pk=quote.pk)
    assert quote.live
    assert quote.text == "As it was"
    assert quote.live_revision.content["text"] == "As it was"
    assert newest(quote).text == "After it"


def test_restore_point__is_kept_of_what_had_no_version(client, publisher):
    topic = factories.TopicFactory(name="As it was")

    for name in ("One", "Two"):
        answer = client.post(url_of(topic), {"name": name, "slug": topic.slug}, headers=SCRIPT)
        assert answer.json()["success"], answer.json()

    assert topic.revisions.order_by("created_at").first().content["name"] == "As it was"
    assert isinstance(newest(topic), Topic)


def test_expired__can_be_edited(client, publisher):
    past = timezone.now() - datetime.timedelta(days=1)
    quote = factories.QuoteFactory(live=False, expired=True, expire_at=past)
    sent = timezone.localtime(past).strftime("%Y-%m-%d %H:%M")

    response = client.post(url_of(quote), quote_form(text="Edited", expire_at=sent))

    assert response.status_code == 302
    assert newest(quote).text == "Edited"


def test_scheduled__can_be_edited(client, publisher):
    quote = factories.QuoteFactory(live=False, text="As it was")
    quote.go_live_at = timezone.now() + datetime.timedelta(days=1)
    revision = quote.save_revision(user=publisher)
    revision.publish()
    day = timezone.localtime(quote.go_live_at).strftime("%Y-%m-%d %H:%M")

    client.post(url_of(quote), quote_form(text="Edited", go_live_at=day, **loaded(quote)))

    assert newest(quote).text == "Edited"
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    assert revision.content["text"] == "As it was"


def test_editors__are_shown_each_other(client, publisher, other):
    person = factories.PersonFactory()
    client.get(url_of(person))
    client.force_login(other)
    client.get(url_of(person))
    own = EditingSession.objects.get(user=other)
    label = Person._meta.app_label, Person._meta.model_name

    ping = client.post(reverse("wagtailadmin_editing_sessions:ping", args=[*label, person.pk, own.pk]))

    assert len(ping.json()["other_sessions"]) == 1
