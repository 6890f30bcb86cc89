"""Images and documents of the demo, made from the files in content/files/."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from core.internals.wagtail_models import hash_filelike
from core.models import SiteImage, WhoIsShown

from . import content

CREDIT = "Drawn for this demo site"


def load_images() -> dict[str, int]:
    """Create the missing images and return the primary keys of all by slug. Those that exist are found by credit
    and title."""
    known = dict(SiteImage.objects.filter(credit=CREDIT).values_list("title", "pk"))
    return {data["slug"]: known.get(data["title"]) or _make_image(data).pk for data in content.images()}


def _make_image(data: dict[str, Any]) -> SiteImage:
    return SiteImage.objects.create(
        title=data["title"],
        alt_texts=data["alt"],
        credit=CREDIT,
        credit_language="en",
        rights="Free to use with this demo",
        shows=WhoIsShown.NOBODY,
        **_file(f"{data['slug']}.jpg"),
    )


def load_documents(pieces: list[content.Piece]) -> dict[str, int]:
    """Create the PDF files of these pieces, also if equal ones exist, and return their primary keys by
    "slug.language"."""
    model = get_document_model()
    found = {}
    for piece in pieces:
        slug = piece.key.rpartition("/")[2]
        for code in piece.files:
            document = model.objects.create(title=piece.data["title"][code], **_file(f"{slug}-{code}.pdf"))
            found[f"{slug}.{code}"] = document.pk
    return found


def _file(name: str) -> dict[str, Any]:
    """Return the fields `file`, `file_size` and `file_hash` for the file of this name. Wagtail would otherwise
    compute and save size and hash when the file is first shown."""
    data = (content.FOLDER / "files" / name).read_bytes()
    file = ContentFile(data, name=name)
    return {"file": file, "file_size": len(data), "file_hash": hash_filelike(file)}
