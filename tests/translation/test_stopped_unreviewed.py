"""What was translated and is stopped goes live with what a reviewer of the language has approved, and with nothing
else, by whatever path."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Quote
from home.models import SectionPage
from tests import factories
from tests.forms import quote_form, section_form
from tests.going_live import messages_of
from tests.lives import AHEAD, pass_time
from tests.scenes import scene
from tests.stopping import APPROVED, UNREAD, drafted, russian, stop, stopped
from tests.translating import Newsroom, edit_url, state_of, translation_into
from tests.typed import Response
from translation.models import LanguageAction, LanguageRight, WholeApproval
from translation.units.states import Status

pytestmark = pytest.mark.django_db

REFUSAL = "its current text is not approved"


@scene
def section(site, newsroom: Newsroom) -> SectionPage:
    page = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    stopped(newsroom, page)
    return page


def edit(newsroom: Newsroom, source, user, title: str = UNREAD, action: str = "action-publish") -> Response:
    form = section_form(title=title, slug="work", **{action: action})
    return newsroom.as_(user).post(edit_url(russian(source)), form)


def decide(newsroom: Newsroom, source, user, action: str = "approve") -> Response:
    state = russian(source).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[russian(source).pk, action, state.pk])
    return newsroom.as_(user).post(url, {}, headers={"x-requested-with": "XMLHttpRequest"})


def reviewing_publisher(newsroom: Newsroom):
    user = factories.UserFactory(groups=["Publisher", "Reads Russian"])
    group = user.groups.get(name="Reads Russian")
    LanguageRight.objects.create(group=group, locale=newsroom.site.locales["ru"], action=LanguageAction.REVIEW)
    return user


def test_editor__publishes_nothing_unreviewed(newsroom, section):
    edit(newsroom, section, newsroom.editor, action="action-save")
    assert russian(section).draft_title == UNREAD

    response = edit(newsroom, section, newsroom.publisher)

    assert REFUSAL in str(response.context["form"].errors)
    assert russian(section).title == APPROVED


def test_admin_api__publishes_nothing_unreviewed(newsroom, section):
    drafted(section, newsroom.editor)

    url = reverse("wagtailadmin_api:pages:action", args=[russian(section).pk, "publish"])
    response = newsroom.as_(newsroom.publisher).post(url)

    assert response.status_code == 400
    assert russian(section).title == APPROVED


def test_bulk_action__publishes_nothing_unreviewed(newsroom, section):
    drafted(section, newsroom.editor)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = newsroom.as_(newsroom.publisher).post(f"{url}?id={russian(section).pk}&next=/admin/")

    assert REFUSAL in messages_of(response)
    assert russian(section).title == APPROVED


def test_code__publishes_nothing_unreviewed(newsroom, section):
    revision = drafted(section, newsroom.editor)
    target = russian(section)
    target.title = UNREAD
    for publish in (
        revision.publish,
        lambda: revision.publish(user=newsroom.publisher),
        target.save,
    ):
        with pytest.raises(ValidationError, match=REFUSAL):
            publish()
    assert russian(section).title == APPROVED


def test_schedule__publishes_nothing_unreviewed(newsroom, section, monkeypatch):
    revision = drafted(section, newsroom.editor, go_live_at=timezone.now() + AHEAD)
    with pytest.raises(ValidationError, match=REFUSAL):
        revision.publish(user=newsroom.publisher)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=revision.as_object().go_live_at)

    pass_time(monkeypatch)

    assert russian(section).title == APPROVED


def test_schedule__publishes_on_its_day_what_a_reviewer_has_approved(newsroom, section, monkeypatch):
    revision = drafted(section, newsroom.editor, "Читали", go_live_at=timezone.now() + AHEAD)
    revision.publish(user=reviewing_publisher(newsroom))
    assert russian(section).title == APPROVED

    pass_time(monkeypatch)

    assert russian(section).title == "Читали"


def test_schedule__in_the_editor_is_kept_with_its_approval(newsroom, section, monkeypatch):
    day = timezone.localtime(timezone.now() + AHEAD).strftime("%Y-%m-%d %H:%M")
    drafted(section, newsroom.editor, "Читали", go_live_at=timezone.now() + AHEAD)
    form = section_form(title="Читали", slug="work", go_live_at=day, **{"action-publish": "action-publish"})
    newsroom.as_(newsroom.publisher).post(edit_url(russian(section)), form)
    assert not russian(section).revisions.filter(approved_go_live_at__isnull=False).exists()

    newsroom.as_(reviewing_publisher(newsroom)).post(edit_url(russian(section)), form)
    assert russian(section).title == APPROVED
    pass_time(monkeypatch)

    assert russian(section).title == "Читали"


def test_snippet__is_asked_as_pages_are(newsroom, site):
    quote = factories.QuoteFactory(text="We know now")
    stopped(newsroom, quote)
    form = quote_form(text=UNREAD, **{"action-publish": "on"})

    response = newsroom.as_(newsroom.publisher).post(edit_url(russian(quote)), form)

    assert REFUSAL in str(response.context["form"].errors)
    assert Quote.objects.get(pk=russian(quote).pk).text == "We know now [ru]"


def test_workflow__is_ended_by_a_reviewer_of_the_language_alone(newsroom, section):
    edit(newsroom, section, newsroom.editor, "Читали", action="action-submit")

    decide(newsroom, section, newsroom.publisher)
    assert russian(section).title == APPROVED

    decide(newsroom, section, newsroom.reviewer)
    assert russian(section).title == "Читали"
    assert WholeApproval.objects.get(approved_by=newsroom.reviewer).revision == russian(section).live_revision


def test_workflow__is_ended_by_a_reviewer_in_the_editor_too(newsroom, section):
    edit(newsroom, section, newsroom.editor, "Читали", action="action-submit")
    data = section_form(
        title="Читали", slug="work", **{"action-workflow-action": "1", "workflow-action-name": "approve"}
    )

    response = newsroom.as_(newsroom.publisher).post(edit_url(russian(section)), data)
    assert REFUSAL in str(response.context["form"].errors)

    newsroom.as_(newsroom.reviewer).post(edit_url(russian(section)), data)
    assert russian(section).title == "Читали"


def test_four_eyes__who_has_written_it_does_not_approve_it(newsroom, section, settings):
    both = reviewing_publisher(newsroom)
    response = edit(newsroom, section, both, "Сама")
    assert REFUSAL in str(response.context["form"].errors)
    revision = drafted(section, both, "Сама")
    # To save it again as it is makes nobody its author.
    again = drafted(section, newsroom.editor, "Сама")
    for each in (revision, again):
        with pytest.raises(ValidationError, match=REFUSAL):
            each.publish(user=both)

    settings.TRANSLATION_FOUR_EYES = False
    edit(newsroom, section, both, "Сама")
    assert russian(section).title == "Сама"


def test_reviewer__publishes_unchanged_what_somebody_else_has_written(newsroom, section):
    edit(newsroom, section, newsroom.editor, "Читали", action="action-save")

    edit(newsroom, section, reviewing_publisher(newsroom), "Читали")

    assert russian(section).title == "Читали"


def test_publisher__publishes_again_what_was_approved(newsroom, section):
    russian(section).unpublish()
    drafted(section, newsroom.editor)

    edit(newsroom, section, newsroom.publisher, APPROVED)

    assert (russian(section).live, russian(section).title) == (True, APPROVED)
    assert state_of(translation_into(section, "ru")).status == Status.PARKED


def test_restart__does_not_replace_what_a_reviewer_approved_as_a_whole(newsroom, section):
    drafted(section, newsroom.editor, "Читали").publish(user=newsroom.reviewer, skip_permission_checks=True)

    response = newsroom.as_(newsroom.publisher).post(
        edit_url(russian(section)), {"localize-restart-translation": "1"}
    )

    assert "would be replaced" in messages_of(response)
    assert not translation_into(section, "ru").enabled


def test_page__written_in_the_language_is_its_publishers(newsroom, site):
    page = factories.SectionPageFactory(parent=site.homes["ru"], title="По-русски", slug="new", live=False)
    page.save_revision().publish(user=newsroom.publisher)
    assert SectionPage.objects.get(pk=page.pk).live


def test_stopping__is_for_who_answers_for_the_language_or_may_take_it_offline(newsroom, site):
    section = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    newsroom.bring_live(section, "ru")
    for user in (newsroom.editor, newsroom.translators["ru"], newsroom.translators["tg"], newsroom.reviewer):
        stop(newsroom, section, user)
        assert translation_into(section, "ru").enabled
    both = factories.UserFactory(groups=["Editor", "Translator ru"])
    stop(newsroom, section, both)
    assert not translation_into(section, "ru").enabled


def test_stopping__waits_for_the_end_of_a_review(newsroom, site):
    section = factories.SectionPageFactory(parent=site.home, title="Our work", slug="work", introduction="")
    (translation,) = newsroom.send(section, "ru")
    newsroom.word(translation)
    newsroom.submit(translation)

    response = stop(newsroom, section)

    assert "Finish or cancel the review first" in messages_of(response)
    assert translation_into(section, "ru").enabled
