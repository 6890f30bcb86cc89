"""What the gate asks for, and the invariant of every save."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.media.alt_texts import is_file_name
from core.models import SiteImage, WhoIsShown
from core.publishing.gate import PublishBlocked
from core.publishing.publication import Publication
from tests import factories
from tests.factories import SiteImageFactory
from tests.scenes import scene

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)


def codes(subject, user=None) -> list[str]:
    return [finding.code for finding in Publication(subject, user).findings]


@scene
def draft(section):
    """A page with an image, not live; each test spoils the image."""
    return factories.ContentPageFactory(parent=section, live=False, lead_image=SiteImageFactory(people=True))


def spoil(image: SiteImage, **values) -> None:
    for name, value in values.items():
        setattr(image, name, value)
    image.save()


def test_findings__none_where_all_is_well(draft):
    assert codes(draft) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"alt_texts": {}}, "alt_missing"),
        ({"alt_texts": {"en": "   "}}, "alt_missing"),
        ({"alt_texts": {"ru": "Дорога между горами"}}, "alt_missing"),
        ({"alt_texts": {"en": "IMG_2034.jpg"}}, "alt_file_name"),
        ({"shows": ""}, "who_is_shown"),
        ({"consent_reference": ""}, "consent_reference"),
        ({"consent_reference": "  "}, "consent_reference"),
        ({"consent_scope": "internal"}, "consent_scope"),
        ({"consent_scope": ""}, "consent_scope"),
        ({"consent_until": YESTERDAY}, "consent_until"),
        ({"consent_withdrawn": YESTERDAY}, "consent_withdrawn"),
        ({"shows": WhoIsShown.NOBODY, "consent_withdrawn": YESTERDAY}, "consent_withdrawn"),
    ],
)
def test_findings__name_what_an_image_lacks(draft, values, code):
    spoil(draft.lead_image, **values)

    (finding,) = Publication(draft).findings

    assert finding.code == code
    assert finding.field == finding.where.replace(" ", "_") == "lead_image"
    assert finding.subject == draft.lead_image
    assert finding.message
    assert finding.mend


def test_findings__nobody_shown_needs_no_consent(draft):
    spoil(draft.lead_image, shows=WhoIsShown.NOBODY, consent_reference="", consent_scope="")

    assert codes(draft) == []


def test_findings__named_stand_in_of_a_language_will_do(site):
    image = SiteImageFactory(alt_texts={"ru": "Дорога между горами"})
    section = factories.SectionPageFactory(parent=site.homes["tg"], live=False, lead_image=image)

    assert codes(section) == []


def test_findings__image_in_a_block_says_which_block(section):
    image = SiteImageFactory(alt_texts={})
    block_id = str(uuid.uuid4())
    section.body = [("rich_text", "<p>One</p>"), ("image", {"image": image, "caption": ""})]
    section.body[1].id = block_id

    (finding,) = Publication(section).findings

    assert finding.field == "body"
    assert finding.block_path == (block_id, "image")
    assert finding.where == "body › Image"


def test_findings__poster_of_a_video_counts(section):
    poster = SiteImageFactory(shows="")
    section.body = [("video", {"title": "Film", "url": "https://example.org/film", "poster": poster})]

    assert codes(section) == ["who_is_shown"]


def test_findings__one_image_shown_twice_is_named_once(section):
    image = SiteImageFactory(alt_texts={})
    section.lead_image = image
    section.body = [("image", {"image": image, "caption": ""})]

    assert codes(section) == ["alt_missing"]


def test_findings__consent_must_hold_on_the_day_of_going_live(draft):
    spoil(draft.lead_image, consent_until=datetime.date.today() + datetime.timedelta(days=3))
    assert codes(draft) == []

    draft.go_live_at = timezone.now() + datetime.timedelta(days=5)

    assert codes(draft) == ["consent_until"]


@pytest.mark.parametrize(
    "text",
    [
        "IMG_2034.jpg",
        "img 2034",
        "dsc-0001",
        "DSC00012",
        "P1010023",
        "20240816_101500",
        "Screenshot 2024-08-16 at 10.15.00",
        "WhatsApp Image 2024-08-16 at 10.15.00.jpeg",
        "Фото 12",
        "camp_final",
        "road-to-romit",
        "road to romit",
        "Photo",
        "Screenshot 2024-08-16 at 12.30.45 PM",
        "Screenshot 2024-08-16 at 12.30.45\u202fPM",
        "WhatsApp Image 2024-08-16 at 12.30.45 PM",
        "Снимок экрана 2024-08-16 в 12.30.45",
        "Copy of IMG_1234",
        "Копия IMG_1234",
        "DSC01234 copy",
        "DSC01234 - Copy (2)",
        "IMG-20240816-WA0001 (2)",
        "...",
        "-",
        "",
        "1",
    ],
)
def test_file_name__is_told_from_words(text):
    assert is_file_name(text, "original_images/road-to-romit.png")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("romit-camp", "romit-camp_a1B2c3d.jpg"),
        ("Romit-Camp", "romit-camp.jpg"),
        ("лагерь-ромит", "lager-romit.jpg"),
        ("лагерь-ромит", "lager-romit_a1B2c3d.jpg"),
        ("ордугоҳи-ромит", "ordugohi-romit.jpg"),
    ],
)
def test_file_name__is_known_as_it_is_stored(text, stored):
    assert is_file_name(text, f"original_images/{stored}")


@pytest.mark.parametrize(
    "text",
    [
        "A road winds down between two mountains",
        "Mountains",
        "Photo of a classroom with 30 pupils",
        "Post-war school",
        "Дорога между горами",
        "In 2024 the camp moved to Romit",
        "Copy of a contract, signed by both",
        "A copy",
        "Копия договора",
        "Passport copy on a table",
        "Girl, 12, at a blackboard",
        "Photo of the team at 5 PM",
        "Самодельный плакат",
        "Camp-fire",
        "It is 8 at night in Romit (2)",
    ],
)
def test_file_name__words_are_left_alone(text):
    assert not is_file_name(text, "original_images/road-to-romit.png")


def test_save__refuses_to_make_a_blocked_page_live(draft):
    spoil(draft.lead_image, alt_texts={})
    draft.live = True

    with pytest.raises(PublishBlocked) as blocked:
        draft.save()

    assert list(blocked.value.error_dict) == ["lead_image"]
    assert isinstance(blocked.value, ValidationError)
    draft.refresh_from_db()
    assert not draft.live


def test_save__refuses_a_new_live_page_and_leaves_the_tree_whole(section):
    with pytest.raises(PublishBlocked):
        factories.ContentPageFactory(parent=section, lead_image=SiteImageFactory(alt_texts={}))

    section.refresh_from_db()
    assert section.numchild == section.get_children().count() == 0


def test_save__refuses_what_a_live_page_must_not_show(section):
    section.lead_image = SiteImageFactory(alt_texts={})

    with pytest.raises(PublishBlocked):
        section.save()

    section.refresh_from_db()
    assert section.lead_image is None


def test_save__leaves_harmless_things_possible_when_a_consent_has_ended(section):
    image = SiteImageFactory(people=True)
    page = factories.ContentPageFactory(parent=section, lead_image=image)
    other = factories.SectionPageFactory(parent=section.get_parent())
    spoil(image, consent_withdrawn=YESTERDAY)
    page.refresh_from_db()

    page.save()
    page.locked = True
    page.save(update_fields=["locked"])
    page.move(other, pos="last-child")
    page = type(page).objects.get(pk=page.pk)
    page.slug = "another-address"
    page.save()
    page.save_revision()
    assert page.live

    page.unpublish()
    page.refresh_from_db()
    assert not page.live


def test_save__of_a_plain_page_passes_no_gate(draft):
    spoil(draft.lead_image, alt_texts={})
    plain = draft.page_ptr
    plain.live = True

    with pytest.raises(PublishBlocked):
        plain.save()


def test_save__of_a_draft_read_before_somebody_published_it_is_refused(draft):
    stale = type(draft).objects.get(pk=draft.pk)
    stale.title = "Typed in another window"
    draft.save_revision().publish()

    with pytest.raises(PublishBlocked, match="in the meantime"):
        stale.save()

    now = type(draft).objects.get(pk=draft.pk)
    assert (now.live, now.title) == (True, draft.title)
    now.unpublish()
    now.refresh_from_db()
    now.save()
    assert not now.live


def test_save__of_a_draft_is_never_refused(draft):
    spoil(draft.lead_image, alt_texts={}, shows="")

    draft.title = "Another title"
    draft.save()
    draft.save_revision()

    draft.refresh_from_db()
    assert draft.title == "Another title"
