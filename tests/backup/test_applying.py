"""What the journal takes away again on a restored database; to apply it twice changes nothing."""

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from campaigns.models import Quote
from core.consent.withdrawals import withdraw
from core.journal import applying, file
from core.journal.file import DONE, Entry, Journal
from core.journal.recording import entry_of, new_entry
from core.models import Helpline, SiteImage, TrashedFile, Withdrawal, WithheldContent
from tests import factories
from tests.helplines import HelplineFactory
from translation.models import DeletedObject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_happened_before(site):
    file.path().unlink(missing_ok=True)


def done(*entries: Entry) -> Journal:
    return Journal({entry.id: entry for entry in entries}, {entry.id for entry in entries})


def apply(*entries: Entry) -> list[str]:
    """Return what was done, having done it twice."""
    lines = applying.apply(done(*entries), Journal()).lines
    assert applying.apply(done(*entries), Journal()).lines == []
    return lines


def a_quote(site, text: str = "I said zarnigorinabrak to nobody else at all.") -> Quote:
    return factories.QuoteFactory(text=text, source=factories.NewsPageFactory(parent=site.news_index))


def withdrawn(row) -> Entry:
    return new_entry("consent", type(row), row.withdrawal_key)


def test_withdrawn__again_with_the_day_on_which_it_was(site):
    quote, other = a_quote(site), a_quote(site, "We mended every chair that there was.")
    old = Entry("1", "2020-05-05T10:00:00+00:00", "consent", "campaigns.quote", str(quote.translation_key))
    assert len(apply(old)) == 1

    quote.refresh_from_db()
    other.refresh_from_db()
    assert (quote.consent_withdrawn.isoformat(), other.consent_withdrawn) == ("2020-05-05", None)
    assert "zarnigorinabrak" not in quote.text
    # Too long ago to be undone.
    assert not WithheldContent.objects.exists()
    assert not file.read().entries


def test_withdrawn__page_with_the_same_words_in_its_own_text_is_unpublished(site):
    quote = a_quote(site)
    page = factories.NewsPageFactory(
        parent=site.news_index,
        body=[("rich_text", "<p>She told us: I said zarnigorinabrak to nobody else at all.</p>")],
    )
    lines = apply(withdrawn(quote))

    page.refresh_from_db()
    assert not page.live
    assert any(f"campaigns.newspage {page.pk}" in line for line in lines)


def test_withdrawn__in_the_trash_of_the_backup(site):
    quote = a_quote(site)
    entry = withdrawn(quote)
    quote.delete()
    assert len(apply(entry)) == 1

    assert "zarnigorinabrak" not in str(DeletedObject.objects.get(object_key=entry.key).content)


def test_withdrawn__and_undone_since_or_unknown_to_the_backup(site):
    quote = a_quote(site)
    first = withdrawn(quote)
    undone = new_entry("consent", Quote, quote.translation_key, data={"undone": True})
    unknown = new_entry("consent", SiteImage, 987654)
    assert applying.apply(done(undone, unknown, first), Journal()).lines == []
    assert not Withdrawal.objects.exists()


def test_withdrawn__before_the_backup_and_undone_since_stays_and_is_said(site):
    quote = a_quote(site)
    withdraw(quote, None, "Asked for.")
    undone = new_entry("consent", Quote, quote.translation_key, data={"undone": True})

    [line] = applying.apply(done(undone), Journal()).lines
    assert "Undo it again" in line
    assert Withdrawal.objects.in_force().exists()


def test_unpublished__in_one_language_with_its_schedule(site):
    page = factories.NewsPageFactory(parent=site.news_index)
    russian = factories.NewsPageFactory(
        parent=site.news_indexes["ru"], locale=site.locales["ru"], translation_key=page.translation_key
    )
    page.save_revision(approved_go_live_at=timezone.now() + timezone.timedelta(days=1))
    assert len(apply(entry_of("unpublished", page))) == 1

    page.refresh_from_db()
    russian.refresh_from_db()
    assert (page.live, russian.live) == (False, True)
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_deleted__into_the_trash_unless_other_pages_stand_below(site):
    alone = factories.NewsPageFactory(parent=site.news_index)
    section = factories.SectionPageFactory(parent=site.home)
    kept = factories.ContentPageFactory(parent=section)
    image = factories.SiteImageFactory()
    apply(entry_of("deleted", alone), entry_of("deleted", section), entry_of("deleted", image))

    assert not Page.objects.filter(pk=alone.pk).exists()
    assert DeletedObject.objects.get(object_key=alone.translation_key).was_live
    section.refresh_from_db()
    kept.refresh_from_db()
    assert (section.live, kept.live) == (False, True)
    assert TrashedFile.objects.filter(file_id=image.pk).exists()


def test_purged__is_gone_also_from_the_trash(site):
    page, image = factories.NewsPageFactory(parent=site.news_index), factories.SiteImageFactory()
    in_trash = factories.NewsPageFactory(parent=site.news_index)
    entries = [new_entry("purged", Page, each.translation_key, "en") for each in (page, in_trash)]
    in_trash.delete()
    apply(*entries, new_entry("purged_file", SiteImage, image.pk))

    assert not Page.objects.filter(pk=page.pk).exists()
    assert not SiteImage.objects.exists()
    assert not DeletedObject.objects.exists()
    assert not TrashedFile.objects.exists()


def test_private__for_who_is_logged_in(site):
    page = factories.ContentPageFactory(parent=site.home)
    apply(entry_of("private", page))

    assert PageViewRestriction.objects.get().restriction_type == "login"


@pytest.mark.parametrize("factory", [factories.SiteImageFactory, factories.DocumentFactory])
@pytest.mark.parametrize("is_there", [True, False])
def test_private__file_goes_into_its_private_collection_again(site, factory, is_there):
    file = factory()
    private = Collection.get_first_root_node().add_child(name="Archive")
    if is_there:
        CollectionViewRestriction.objects.create(collection=private, restriction_type="groups")
    apply(entry_of("private", file, collection=private.pk if is_there else 77, name="Archive"))

    collection = type(file).objects.get(pk=file.pk).collection
    assert collection.name == "Archive"
    assert (collection == private) == is_there
    assert collection.get_view_restrictions().exists()


def test_helplines__changed_made_and_replaced(site):
    first = HelplineFactory(number="000-00-00", is_primary=True)
    state = {**first.state(), "number": "111-11-11", "is_primary": False, "replaced_by": 77}
    new = {**first.state(), "number": "222-22-22", "is_primary": True, "replaced_by": None}
    kind, model = "core.helpline.change", Helpline
    apply(new_entry(kind, model, first.pk, data={"state": state}), new_entry(kind, model, 77, data={"state": new}))

    first.refresh_from_db()
    assert (first.number, first.replaced_by_id, first.is_primary) == ("111-11-11", 77, False)
    assert Helpline.objects.get(is_primary=True).number == "222-22-22"
    assert HelplineFactory(number="333-33-33").pk > 77


def test_helpline__deleted_since_or_still_shown(site):
    first, second = HelplineFactory(is_primary=True), HelplineFactory()
    gone = [new_entry("core.helpline.change", Helpline, row.pk, data={"state": None}) for row in (first, second)]
    lines = applying.apply(done(*gone), Journal()).lines

    assert Helpline.objects.get() == first
    assert ["Check it" in line for line in lines] == [True, False]


def test_uncertain__is_applied_where_that_protects_and_left_where_it_loses(site):
    shown, kept = factories.NewsPageFactory.create_batch(2, parent=site.news_index)
    entries = entry_of("unpublished", shown), new_entry("purged", Page, kept.translation_key, "en")
    applied = applying.apply(Journal({entry.id: entry for entry in entries}), Journal())

    shown.refresh_from_db()
    assert not shown.live
    assert Page.objects.filter(pk=kept.pk).exists()
    assert {entry.id for entry in applied.uncertain} == {entry.id for entry in entries}


def test_rolled_back_or_in_the_backup__is_left(site):
    first, second = factories.NewsPageFactory.create_batch(2, parent=site.news_index)
    back, before = entry_of("unpublished", first), entry_of("unpublished", second)
    journal = done(before)
    journal.update(Journal({back.id: back}, rolled_back={back.id}))
    assert applying.apply(journal, done(before)).lines == []

    assert Page.objects.filter(pk__in=[first.pk, second.pk], live=True).count() == 2


def test_union__of_two_copies_of_the_file(tmp_path):
    one, other = new_entry("consent", Quote, "1"), new_entry("consent", Quote, "2")
    first, second = tmp_path / "a", tmp_path / "b"
    file.append([vars(one), {DONE: one.id}], first)
    file.append([vars(one), vars(other)], second)
    journal = file.read(first)
    journal.update(file.read(second))

    assert set(journal.entries) == {one.id, other.id}
    assert journal.undecided() == [other]


def test_private__anew_replaces_what_the_backup_had(site):
    page, other = (factories.SectionPageFactory(parent=site.home) for _number in range(2))
    for each in (page, other):
        PageViewRestriction.objects.create(page=each, restriction_type="password", password="known")

    assert len(apply(entry_of("private", page, anew=True), entry_of("private", other))) == 1

    kinds = PageViewRestriction.objects.filter(page__in=[page, other]).order_by("page")
    assert list(kinds.values_list("restriction_type", flat=True)) == ["login", "password"]
