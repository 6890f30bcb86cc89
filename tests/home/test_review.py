import pytest
from django.urls import reverse
from wagtail.models import Page

from campaigns.models import Quote
from home.models import SectionPage
from tests import factories
from tests.forms import quote_form, section_form
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def draft(site) -> SectionPage:
    return factories.SectionPageFactory(parent=site.home, slug="draft", live=False)


def snippet(view: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_campaigns_quote:{view}", args=args)


def test_workflow__waits_for_a_reviewer(draft, client):
    client.force_login(factories.UserFactory(groups=["Editor"]))
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.post(edit, section_form(slug="draft", **{"action-submit": "action-submit"}))
    draft.refresh_from_db()
    assert not draft.live
    state = draft.current_workflow_task_state
    act = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])

    client.post(act)
    assert not Page.objects.get(pk=draft.pk).live
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    client.post(act)

    assert Page.objects.get(pk=draft.pk).live


def test_workflow__holds_for_snippets(site, client):
    quote = factories.QuoteFactory(live=False)
    client.force_login(factories.UserFactory(groups=["Editor"]))

    client.post(snippet("edit", quote.pk), quote_form(**{"action-submit": "action-submit"}))
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    quote.refresh_from_db()
    state = quote.current_workflow_task_state
    seen = client.get(snippet("edit", quote.pk))
    client.post(snippet("workflow_action", quote.pk, "approve", state.pk))

    assert seen.status_code == 200
    assert Quote.objects.get(pk=quote.pk).live


def test_approval__publishes_a_story_with_its_quotes(site, client):
    """A reviewer may publish neither by other ways."""
    story = factories.NewsPageFactory(parent=site.news_index, live=False)
    story.save_revision()
    quote = factories.QuoteFactory(source=story, live=False)
    story.get_workflow().start(story, factories.UserFactory(groups=["Editor"]))
    client.force_login(factories.UserFactory(groups=["Reviewer"]))
    state = story.current_workflow_task_state

    client.post(reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", state.pk]))

    assert Page.objects.get(pk=story.pk).live
    assert Quote.objects.get(pk=quote.pk).live
