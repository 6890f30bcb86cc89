"""Somebody leaves: nothing that they had in hand is forgotten, and they come in no more."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page

from core.accounts import leaving
from core.audit.models import AuditEntry
from tests import factories
from tests.scenes import scene
from translation.models import Assignment, Review


@scene
def admin(newsroom):
    return factories.UserFactory(username="admin", is_superuser=True)


def leave(newsroom, admin, user, successor=None, **given):
    url = reverse("wagtailusers_leaving", args=[user.pk])
    return newsroom.as_(admin).post(url, {"successor": successor.pk if successor else "", **given})


def submitted(newsroom, code: str = "ru") -> Review:
    page = factories.SectionPageFactory(parent=newsroom.site.home, introduction="Words.")
    (translation,) = newsroom.send(page, code)
    newsroom.word(translation)
    return newsroom.submit(translation)


def test_checklist__shows_what_is_in_hand(newsroom, admin):
    translator = newsroom.translators["ru"]
    newsroom.as_(translator).get("/admin/")
    review = submitted(newsroom)
    Assignment.objects.create(object_key=review.object_key, locale_id=review.locale_id, person=translator)
    shown = newsroom.as_(admin).get(reverse("wagtailusers_leaving", args=[translator.pk])).text
    assert "Русский: 1" in shown
    assert review.revision.object_str in shown
    assert "Translator ru" in shown
    assert translator.is_active


def test_translator__hands_over_assignments_and_translations(newsroom, admin):
    translator = newsroom.translators["ru"]
    session = newsroom.as_(translator)
    review = submitted(newsroom)
    row = Assignment.objects.create(object_key=review.object_key, locale_id=review.locale_id, person=translator)
    successor = factories.UserFactory(username="successor")
    assert leave(newsroom, admin, translator, successor, same_groups="on").status_code == 302
    row.refresh_from_db()
    review.refresh_from_db()
    translator.refresh_from_db()
    assert row.person == successor
    assert review.submitted_by == successor
    assert translator in review.translators.all()
    assert list(successor.groups.values_list("name", flat=True)) == ["Translator ru"]
    assert not translator.is_active
    assert not translator.has_usable_password()
    assert not translator.groups.exists()
    assert session.get("/admin/").status_code == 302
    entry = AuditEntry.objects.get(action="account.left")
    assert (entry.user_name, entry.subject_name) == ("admin", translator.username)
    assert entry.details["successor"] == "successor"


def test_assignment__that_the_successor_may_not_translate_is_nobodys(newsroom, admin):
    translator = newsroom.translators["ru"]
    row = Assignment.objects.create(
        object_key=newsroom.site.home.translation_key, locale=newsroom.site.locales["ru"], person=translator
    )
    assert leave(newsroom, admin, translator, newsroom.translators["tg"]).status_code == 302
    row.refresh_from_db()
    assert row.person is None


def test_only_reviewer__leaves_no_review_to_nobody(newsroom, admin):
    review = submitted(newsroom)
    reviewer = newsroom.reviewer
    response = leave(newsroom, admin, reviewer)
    reviewer.refresh_from_db()
    assert response.status_code == 200
    assert review.revision.object_str in response.text
    assert reviewer.is_active
    assert reviewer.groups.exists()
    # The translator may not review what they have translated, with whatever group.
    assert leave(newsroom, admin, reviewer, newsroom.translators["ru"], same_groups="on").status_code == 200
    assert not newsroom.translators["ru"].groups.filter(name="Reviewer").exists()
    successor = factories.UserFactory(username="successor")
    assert leave(newsroom, admin, reviewer, successor, same_groups="on").status_code == 302
    answer = newsroom.as_(successor).get(reverse("translation_review:review", args=[review.pk]))
    assert answer.status_code == 200


def test_editor__hands_over_pages_submissions_and_locks(newsroom, admin):
    editor = newsroom.editor
    page = factories.SectionPageFactory(parent=newsroom.site.home, owner=editor, locked=True, locked_by=editor)
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    APIToken.objects.create(user=editor, name="script", key_hash="x", prefix="x")
    assert leave(newsroom, admin, editor, newsroom.publisher).status_code == 302
    page = Page.objects.get(pk=page.pk)
    assert (page.owner, page.locked, page.locked_by) == (newsroom.publisher, False, None)
    assert page.current_workflow_state.requested_by == newsroom.publisher
    assert not APIToken.objects.filter(user=editor).exists()


def test_leaving__without_a_successor_is_whole_or_not_at_all(newsroom, admin, monkeypatch):
    editor = newsroom.editor
    page = factories.SectionPageFactory(parent=newsroom.site.home, owner=editor)

    def fail(*args) -> int:
        raise RuntimeError

    broken = leaving.Duty("Broken", lambda user: [], fail)
    monkeypatch.setattr(leaving, "_duties", [*leaving._duties, broken])
    with pytest.raises(RuntimeError):
        leave(newsroom, admin, editor)
    editor.refresh_from_db()
    assert editor.is_active
    assert Page.objects.get(pk=page.pk).owner == editor
    monkeypatch.undo()
    assert leave(newsroom, admin, editor).status_code == 302
    assert Page.objects.get(pk=page.pk).owner is None
    assert leave(newsroom, admin, editor).status_code == 302


@pytest.mark.parametrize("who", ["editor", "publisher", "reviewer", "nobody"])
def test_checklist__is_for_administrators(newsroom, admin, who):
    client = Client() if who == "nobody" else newsroom.as_(getattr(newsroom, who))
    url = reverse("wagtailusers_leaving", args=[admin.pk])
    assert client.get(url).status_code in (302, 403)
    assert client.post(url, {"successor": ""}).status_code in (302, 403)
    assert get_user_model().objects.get(pk=admin.pk).is_active


def test_administrator__does_not_leave_by_mistake(newsroom, admin):
    assert leave(newsroom, admin, admin).status_code in (302, 403)
    admin.refresh_from_db()
    assert admin.is_active
    other = factories.UserFactory()
    assert leave(newsroom, admin, other, other).status_code == 200
    other.refresh_from_db()
    assert other.is_active
