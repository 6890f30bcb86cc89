"""What cannot be taken out of a document is shown to the editor and stops publishing; so does a title that only
names the uploaded file."""

from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from core.models import DocumentMetadata
from core.publishing.gate import PublishBlocked
from tests import factories
from tests.core import telling_documents as telling

pytestmark = pytest.mark.django_db
DOCX = telling.docx()


@pytest.fixture
def editor(client, site):
    user = factories.UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def form(name: str, content: bytes, title: str = "A guide") -> dict[str, Any]:
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    return {"title": title, "file": file, "collection": Collection.get_first_root_node().pk}


def store(name: str, content: bytes) -> Document:
    return Document.objects.create(title="A guide", file=ContentFile(content, name=name))


NOT_CLEAN = {
    "signed.pdf": (telling.signed_pdf(), ["signed"]),
    "secret.pdf": (telling.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), ["encrypted"]),
    "locked.pdf": (telling.pdf(encryption=pikepdf.Encryption(owner="a", user="")), ["encrypted"]),
    "signed.docx": (
        telling.office(**{"word/document.xml": "<a/>", "_xmlsignatures/sig1.xml": "<Signature/>"}),
        ["signed"],
    ),
    "secret.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ["encrypted"]),
    "objects.docx": (telling.office(**{"word/embeddings/oleObject1.bin": "x"}), ["embedded"]),
    "scan.docx": (telling.office(**{"word/media/image1.tiff": b"II*\0" + bytes(99)}), ["picture"]),
    "links.xlsx": (telling.office(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), ["linked"]),
    "named.docx": (telling.office(**{"word/document.xml": f"<a b='{telling.PERSON}'/>"}), ["named"]),
    "letter.txt": (b"{\\rtf1{\\info{\\author Zarina Example}}}", ["unknown"]),
    "phone.mp4": (telling.mp4(b"meta"), ["data_track"]),
    "all.zip": (telling.archive({"inner.zip": telling.zipped(), "a.txt": "text"}), ["unknown"]),
    "program.zip": (telling.archive({"setup.exe": b"MZ\0\0"}), ["unknown"]),
}


def test_more_xml_than_is_looked_into__is_stored_as_it_is_and_shown(client, editor, monkeypatch):
    monkeypatch.setattr("core.metadata.archives.XML_BYTES", 100_000)
    plain = {f"word/document{number}.xml": f"<a>{'word ' * 12_000}</a>" for number in range(2)}
    few, many = (telling.office(**dict(list(plain.items())[:count])) for count in (1, 2))
    left = {}
    for name, content in {
        "few.docx": few,
        "many.docx": many,
        "few.zip": telling.archive({"1.docx": few}),
        "many.zip": telling.archive({"1.docx": few, "2.docx": few}),
    }.items():
        client.post(reverse("wagtaildocs:add"), form(name, content, title=name))
        left[name] = Document.objects.get(title=name).metadata.left
    assert left == {"few.docx": [], "many.docx": ["unknown"], "few.zip": [], "many.zip": ["unknown"]}
    assert Document.objects.get(title="many.docx").file.open("rb").read() == many


@pytest.mark.parametrize("name", NOT_CLEAN)
def test_what_cannot_be_removed__is_shown_and_blocks(client, editor, site, name):
    content, left = NOT_CLEAN[name]
    client.post(reverse("wagtaildocs:add"), form(name, content))
    document = Document.objects.get()
    section = factories.SectionPageFactory(parent=site.home)
    page = factories.ContentPageFactory(
        parent=section,
        live=False,
        body=[("rich_text", f'<p><a linktype="document" id="{document.pk}">file</a></p>')],
    )

    assert document.metadata.left == left
    shown = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "could not be removed" in shown
    assert document.file.open("rb").read() == content or left not in (["signed"], ["encrypted"])
    revision = page.save_revision()
    with pytest.raises(PublishBlocked, match="may reveal its author, device or place"):
        revision.publish()


def test_file_that_is_not_clean__does_not_replace_what_readers_see(client, editor, site):
    document = store("a.docx", DOCX)
    body = [("rich_text", f'<p><a linktype="document" id="{document.pk}">file</a></p>')]
    factories.ContentPageFactory(
        parent=factories.SectionPageFactory(parent=site.home), title="About us", body=body
    )

    response = client.post(
        reverse("wagtaildocs:edit", args=[document.pk]), form("signed.pdf", telling.signed_pdf())
    )

    errors = response.context["form"].errors["file"]
    assert "The file is signed" in errors[0]
    assert "“About us”" in errors[-1]
    assert Document.objects.get().file.name == document.file.name


@pytest.mark.parametrize("name", ["Malika interview.docx", "Malika_interview.DOCX", "IMG-2024 Malika.pdf"])
def test_title_from_a_file_name__does_not_become_public_by_itself(client, editor, site, name):
    title = name.rpartition(".")[0]
    content = telling.pdf() if name.endswith(".pdf") else DOCX
    assert client.post(reverse("wagtaildocs:add"), form(name, content, title)).status_code == 302
    document = Document.objects.get()
    body = [("rich_text", f'<p><a linktype="document" id="{document.pk}">file</a></p>')]
    page = factories.ContentPageFactory(
        parent=factories.SectionPageFactory(parent=site.home), live=False, body=body
    )
    with pytest.raises(PublishBlocked, match="is only the file name"):
        page.save_revision().publish()

    edit = reverse("wagtaildocs:edit", args=[document.pk])
    values = {"title": title, "collection": document.collection_id}
    assert "title_is_fit" in client.get(edit).context["form"].fields
    client.post(edit, {**values, "title_is_fit": "on"})

    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert "title_is_fit" not in client.get(edit).context["form"].fields


def test_document_stored_before__blocks_until_it_is_clean(site):
    document = store("a.docx", DOCX)
    DocumentMetadata.objects.all().delete()
    body = [("rich_text", f'<p><a linktype="document" id="{document.pk}">file</a></p>')]

    with pytest.raises(PublishBlocked, match="uploaded before metadata was removed"):
        factories.ContentPageFactory(parent=factories.SectionPageFactory(parent=site.home), body=body)
