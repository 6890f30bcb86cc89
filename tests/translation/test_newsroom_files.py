"""What a newsroom cannot live with: what comes in from outside is taken as it is. A test for each, which fails on
plain wagtail-localize (`make plain`)."""

import json

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from tests import factories
from tests.going_live import messages_of
from tests.scenes import scene
from tests.translating import words_of
from tests.translation.exchanging import apply
from tests.typed import Response
from translation.units.segments import segments_of

pytestmark = pytest.mark.django_db

ADDRESS = "https://one.example/"
LINK = '<a id="a1">Ask.</a>'


@scene
def russian(newsroom, site) -> Translation:
    call = {"heading": "", "text": "", "link": {"text": "Get it", "url": ADDRESS, "page": None}}
    page = factories.CampaignPageFactory(
        parent=site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        introduction='<p><a href="https://un.example/ask">Ask.</a></p>',
        body=json.dumps([{"type": "call_to_action", "id": "call", "value": call}]),
    )
    return newsroom.send(page, "ru")[0]


def po_of(translation: Translation, **words: str) -> polib.POFile:
    """As wagtail-localize writes it; `words` by place."""
    po = translation.export_po()
    for entry in po:
        entry.msgstr = words.get(entry.msgctxt, "")
    return po


def upload(newsroom, translation: Translation, po: polib.POFile, follow: bool = False) -> Response:
    file = SimpleUploadedFile("t.po", str(po).encode(), "text/x-gettext-translation")
    client = newsroom.as_(newsroom.translators["ru"])
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    return client.post(url, {"file": file}, follow=follow)


def take_in(newsroom, translation: Translation, po: polib.POFile) -> Response:
    """Confirm the plan that is shown after the upload, and return what showed it."""
    shown = upload(newsroom, translation, po, follow=True)
    apply(newsroom.as_(newsroom.translators["ru"]), shown)
    return shown


def test_po_without_msgctxt__is_refused_with_a_clear_line(newsroom, russian):
    po = po_of(russian, title="День")
    for entry in po:
        entry.msgctxt = None

    said = messages_of(upload(newsroom, russian, po))

    assert "uccessful" not in said
    assert "does not say which translation it belongs to" in said
    assert words_of(russian, "World Day") is None


def test_po_without_its_id_header__is_asked_about(newsroom, russian):
    po = po_of(russian, title="День")
    del po.metadata["X-WagtailLocalize-TranslationID"]

    shown = upload(newsroom, russian, po, follow=True)

    assert "Is it?" in shown.content.decode()
    assert words_of(russian, "World Day") is None


def test_po_fuzzy_entries__stay_needs_review(newsroom, russian):
    po = po_of(russian, title="День", short_name="ВД")
    next(entry for entry in po if entry.msgctxt == "short_name").flags = ["fuzzy"]

    take_in(newsroom, russian, po)

    translated = {segment.source: segment.is_translated for segment in segments_of(russian)}
    assert words_of(russian, "WD") == "ВД"
    assert (translated["World Day"], translated["WD"]) == (True, False)


def test_link_dropped_from_a_translation__is_not_taken(newsroom, russian):
    assert words_of(russian, LINK) is None

    shown = take_in(newsroom, russian, po_of(russian, introduction="Спроси."))

    assert words_of(russian, LINK) is None
    assert "The link 1 (Ask.) of the source is missing." in shown.content.decode()


def test_overridden_url_javascript__is_neither_stored_nor_published(newsroom, russian, client):
    segment = OverridableSegment.objects.get(source=russian.source, context__path="body.call.link.url")
    url = reverse("wagtail_localize:edit_override", args=[russian.pk, segment.pk])
    form = "application/x-www-form-urlencoded"

    response = newsroom.as_(newsroom.translators["ru"]).put(url, "value=javascript:alert(1)", content_type=form)
    newsroom.word(russian)
    newsroom.decide(newsroom.submit(russian))
    newsroom.publish(russian)

    html = client.get("/ru/campaigns/wdatip/").content.decode()
    assert [address for address in (ADDRESS, "javascript:alert(1)") if address in html] == [ADDRESS]
    assert response.status_code == 400
    assert not SegmentOverride.objects.exists()


def test_overridden_url_javascript__that_came_in_by_code_is_marked_and_submitted_by_nobody(
    newsroom, russian, site
):
    segment = OverridableSegment.objects.get(source=russian.source, context__path="body.call.link.url")

    SegmentOverride.objects.create(
        locale=site.locales["ru"], context=segment.context, data_json='"javascript:alert(1)"'
    )
    newsroom.word(russian)

    assert SegmentOverride.objects.get().has_error
    assert newsroom.submit(russian) is None
