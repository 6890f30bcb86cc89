"""One consent for all languages of a quote, and a withdrawal that waits for nothing."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import Translation, TranslationSource

from campaigns.models import Quote
from core.consent import ConsentScope
from core.consent.withdrawals import withdraw
from core.publishing.gate import PublishBlocked
from tests import factories
from tests.scenes import scene

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@scene
def quote(site):
    return factories.QuoteFactory()


@scene
def russian(site, quote):
    return translated(quote, site.locales["ru"])


def translated(quote, locale, **values) -> Quote:
    copy = quote.copy_for_translation(locale)
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def withdrawn_on(*quotes) -> set[Any]:
    return {Quote.objects.get(pk=quote.pk).consent_withdrawn for quote in quotes}


def test_withdrawal__takes_effect_in_all_languages_at_once(quote, russian):
    withdraw(quote, None, "Asked for")

    assert withdrawn_on(quote, russian) == {timezone.localdate()}
    assert not Quote.objects.filter(live=True).consented().exists()


def test_withdrawal__of_a_translation_counts_as_well(quote, russian):
    withdraw(russian, None, "Asked for")

    assert withdrawn_on(quote, russian) == {timezone.localdate()}


def test_withdrawal__does_not_publish_the_rest_of_the_draft(quote):
    quote.text = "Other words"
    quote.save_revision()
    withdraw(quote, None, "Asked for")

    quote.refresh_from_db()
    assert quote.text != "Other words"
    assert quote.live


def test_withdrawal__outlives_the_publication_of_an_older_draft(quote, russian):
    older = quote.save_revision()
    older_translation = russian.save_revision()
    withdraw(russian, None, "Asked for")

    for revision in (older, older_translation):
        revision.refresh_from_db()
        with pytest.raises(PublishBlocked):
            revision.publish()

    assert withdrawn_on(quote, russian) == {timezone.localdate()}


def test_withdrawal__earlier_day_stays(quote, russian):
    Quote.objects.filter(pk=quote.pk).update(consent_withdrawn=TODAY - DAY)
    russian.consent_withdrawn = TODAY + DAY
    russian.save_revision()
    withdraw(russian, None, "Asked for")

    assert withdrawn_on(quote, russian) == {TODAY - DAY}


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY, TODAY + DAY])
def test_withdrawal__no_draft_sets_one(quote, russian, day):
    quote.consent_withdrawn = day
    quote.save_revision().publish()
    russian.consent_withdrawn = day
    russian.save_revision()

    assert withdrawn_on(quote, russian) == {None}


def test_consent__of_the_original_is_handed_to_its_translations(quote, russian):
    quote.consent_reference = "F-2025-07"
    quote.consent_until = TODAY + DAY
    quote.save_revision().publish()

    russian.refresh_from_db()
    assert (russian.consent_reference, russian.consent_until) == ("F-2025-07", TODAY + DAY)


def test_consent__of_an_old_translation_draft_is_not_brought_back(quote, russian):
    old = russian.save_revision()
    quote.consent_scope = ConsentScope.INTERNAL
    quote.save(update_fields=["consent_scope"])
    russian.refresh_from_db()
    assert russian.consent_scope == ConsentScope.INTERNAL

    with pytest.raises(PublishBlocked) as blocked:
        old.publish()

    assert "does not cover this website" in blocked.value.summary
    russian.refresh_from_db()
    assert russian.consent_scope == ConsentScope.INTERNAL


def test_consent__invented_in_a_translation_does_not_count(quote, site):
    quote.consent_reference = ""
    quote.save(update_fields=["consent_reference"])

    with pytest.raises(PublishBlocked):
        translated(quote, site.locales["ru"], consent_reference="F-1")

    draft = translated(quote, site.locales["ru"], consent_reference="F-1", live=False)
    assert draft.consent_reference == ""


def test_localize__does_not_publish_a_quote_whose_consent_has_ended(
    quote, site, django_capture_on_commit_callbacks
):
    source, _created = TranslationSource.get_or_create_from_instance(quote)
    translation = Translation.objects.create(source=source, target_locale=site.locales["ru"])
    quote.consent_until = TODAY - DAY
    quote.save(update_fields=["consent_until"])

    with pytest.raises(PublishBlocked), django_capture_on_commit_callbacks(execute=True):
        translation.save_target()

    assert not Quote.objects.filter(locale=site.locales["ru"], live=True).exists()


def quote_data(quote, **fields) -> dict[str, Any]:
    values = {
        "text": quote.text,
        "original_language": "",
        "date": "",
        "speaker": "",
        "role": quote.role,
        "who_speaks": quote.who_speaks,
        "source": "",
        "campaign_ties": inline_formset([]),
        "consent_reference": quote.consent_reference,
        "consent_scope": quote.consent_scope,
        "consent_until": "",
        **fields,
    }
    return nested_form_data(values)


@pytest.fixture
def publisher(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def edit_url(quote) -> str:
    return reverse(Quote.snippet_viewset.get_url_name("edit"), args=[quote.pk])


@pytest.mark.parametrize("sent", [{}, {"action-publish": "1"}])
@pytest.mark.parametrize("headers", [{}, {"accept": "application/json"}])
def test_editor__saving_and_autosave_set_no_withdrawal(client, publisher, quote, russian, sent, headers):
    data = {**quote_data(quote, consent_withdrawn=TODAY.isoformat()), **sent}

    client.post(edit_url(quote), data, headers=headers)

    assert withdrawn_on(quote, russian) == {None}


def test_editor__shows_a_withdrawal_and_leads_to_its_record(client, publisher, quote, russian):
    quote.save_revision()
    record = withdraw(russian, publisher, "Asked for")

    assert reverse("consent:record", args=[record.pk]) in client.get(edit_url(quote)).content.decode()


@pytest.mark.parametrize("sent", [{}, {"action-publish": "1"}])
def test_editor__saving_without_it_takes_no_withdrawal_back(client, publisher, quote, russian, sent):
    text = quote.text
    data = {**quote_data(quote), **sent}
    withdraw(quote, publisher, "Asked for")

    client.post(edit_url(quote), data)

    assert withdrawn_on(quote, russian) == {timezone.localdate()}
    assert not any(text in str(revision.content) for revision in quote.revisions.all())


def test_editor__undoing_takes_an_error_back(client, publisher, quote, russian):
    record = withdraw(quote, publisher, "Asked for")
    url = reverse("consent:undo", args=[record.pk])
    assert quote.text in client.get(url).content.decode()

    client.post(url, {"reason": "It was another quote"})

    assert withdrawn_on(quote, russian) == {None}
    assert Quote.objects.filter(live=True).consented().count() == 2
