"""Places of files that hold names and are easily forgotten: what is there is removed, or shown to the editor."""

import io

import pikepdf
import pytest

from core.metadata.archive_xml import as_utf8
from core.metadata.documents import clean_document
from tests.core import telling_documents as telling

NAME = telling.PERSON
PATH = "file:///C:\\Users\\zarina\\a.jpg"
DOCUMENT = "<w:document><w:t>Words</w:t></w:document>"


def cleaned(name: str, content: bytes) -> tuple[bytes, list[str]]:
    file = clean_document(io.BytesIO(content), name)
    return file.read(), file.left


def said(content: bytes) -> bytes:
    return b"\n".join(telling.unpacked(content))


def relations(kind: str, target: str, mode: str = "") -> str:
    entry = f'<r:Relationship Id="rId7" Type="http://x/{kind}" Target="{target}" {mode}></r:Relationship>'
    return f'<r:Relationships xmlns:r="y">{entry}</r:Relationships>'


def odt(**parts: str | bytes) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return telling.archive({"mimetype": kind, "content.xml": "<office:text>Words</office:text>", **parts})


def epub(**parts: str | bytes) -> bytes:
    return telling.archive({"mimetype": "application/epub+zip", "text.xhtml": "<p>Words</p>", **parts})


UTF_16 = f'<?xml version="1.0" encoding="UTF-16"?><w:comments><w:c w:author="{NAME}">Words</w:c></w:comments>'
REMOVED_FROM_ARCHIVES = {
    "changes.pptx": telling.office(
        **{
            "ppt/presentation.xml": "<p:presentation>Words</p:presentation>",
            "ppt/changesInfos/changesInfo1.xml": f'<c name="{NAME}"/>',
            "ppt/_rels/presentation.xml.rels": relations("changesInfo", "changesInfos/changesInfo1.xml"),
        }
    ),
    "label.docx": telling.office(**{"docMetadata/LabelInfo.xml": NAME, "word/document.xml": DOCUMENT}),
    "cover.docx": telling.office(
        **{
            "word/document.xml": DOCUMENT,
            "word/_rels/document.xml.rels": relations("customXml", "../customXml/item1.xml"),
            "customXml/item1.xml": f"<CoverPageProperties><Abstract>{NAME}</Abstract></CoverPageProperties>",
        }
    ),
    "linked.docx": telling.office(
        **{
            "word/document.xml": DOCUMENT,
            "word/_rels/document.xml.rels": relations("image", PATH, 'TargetMode="External"'),
        }
    ),
    "merge.docx": telling.office(
        **{
            "word/document.xml": DOCUMENT,
            "word/settings.xml": f"<a:settings><a:mailMerge><a:query>{NAME}</a:query></a:mailMerge></a:settings>",
            "word/_rels/settings.xml.rels": relations("mailMergeSource", PATH, 'TargetMode="External"'),
        }
    ),
    "share.xlsx": telling.office(
        **{
            "xl/workbook.xml": f'<x:workbook><x:fileSharing userName="{NAME}"></x:fileSharing>Words</x:workbook>',
            "xl/userNames.xml": NAME,
            "xl/revisions/revisionHeaders.xml": f'<headers userName="{NAME}"/>',
            "xl/pivotCache/pivotCacheDefinition1.xml": f'<p refreshedBy="{NAME}"/>',
        }
    ),
    "notes.xlsx": telling.office(
        **{
            "xl/workbook.xml": "<workbook>Words</workbook>",
            "xl/worksheets/sheet1.xml": f'<a><scenario name="b" user="{NAME}" comment="by {NAME}"/></a>',
            "xl/comments/comment1.xml": f"<c><x:author><![CDATA[{NAME}]]></x:author></c>",
            "xl/drawings/commentsDrawing1.vml": "<xml/>",
        }
    ),
    "wide.docx": telling.office(
        **{"word/document.xml": DOCUMENT}, **{"word/comments.xml": UTF_16.encode("utf-16")}
    ),
    "prefix.docx": telling.office(
        **{"word/document.xml": f"<main:document><main:ins main:author = '{NAME}'/>Words</main:document>"}
    ),
    "case.docx": telling.archive(
        {"[Content_Types].xml": "<Types/>", "docprops/Core.xml": telling.CORE, "Word/Document.xml": DOCUMENT}
    ),
    "remark.docx": telling.office(
        **{"word/document.xml": f"<?x {NAME}?><!-- {NAME} --><a><![CDATA[<!--]]>{DOCUMENT}<!-- {NAME} --></a>"}
    ),
    "versions.odt": odt(
        **{
            "VersionList.xml": f'<v creator="{NAME}"/>',
            "Versions/Version1": NAME,
            "Configurations2/a.xml": NAME,
            "manifest.rdf": NAME,
            "META-INF/manifest.xml": '<m:file-entry m:full-path="Versions/Version1"/>',
        }
    ),
    "field.odt": odt(
        **{
            "styles.xml": f"<t:initial-creator>{NAME}</t:initial-creator>",
            "Object 1/content.xml": f"<d:creator>{NAME}</d:creator>",
        }
    ),
    "meta.epub": epub(
        **{
            "a.opf": f'<package><meta name="author" content="{NAME}"/><meta property="file-as">{NAME}</meta>'
            f"<title opf:file-as='{NAME}'>Words</title></package>",
            "toc.ncx": f"<ncx><docAuthor><text>{NAME}</text></docAuthor></ncx>",
            "b.xhtml": f'<html><meta name="author" content="{NAME}"/></html>',
            "c.html": f"<META content='{NAME}' NAME=Author>",
            "c.opf": f'<package><meta property="dcterms:creator">{NAME}</meta></package>',
            "iTunesMetadata.plist": NAME,
        }
    ),
}


@pytest.mark.parametrize("name", REMOVED_FROM_ARCHIVES)
def test_forgotten_part__is_removed(name):
    content, left = cleaned(name, REMOVED_FROM_ARCHIVES[name])

    assert left == []
    assert NAME.encode() not in said(content)
    assert NAME.encode("utf-16-le") not in said(content)
    assert b"zarina" not in said(content)
    assert b"Words" in said(content)


def test_part_that_is_left_out__is_listed_nowhere():
    for name, part in (
        ("changes.pptx", b"changesInfo"),
        ("cover.docx", b"customXml"),
        ("versions.odt", b"Version"),
    ):
        content, _left = cleaned(name, REMOVED_FROM_ARCHIVES[name])
        assert part not in said(content)


SVG = b'<?xml version="1.0"?>' + b" " * 1200 + b'<s:svg xmlns:s="x">%s</s:svg>'
SHOWN = {
    "links.xlsx": (telling.office(**{"xl/externalLinks/externalLink1.xml": "x"}), ["linked"]),
    "sources.xlsx": (telling.office(**{"xl/connections.xml": "<c>x</c>"}), ["linked"]),
    "old.docx": (telling.office(**{"word/embeddings/old.doc": "x"}), ["embedded"]),
    "metafile.docx": (telling.office(**{"word/media/image1.emf": "x"}), ["picture"]),
    "drawing.docx": (telling.office(**{"word/media/a.svg": SVG % b"<s:desc>a</s:desc>"}), ["picture"]),
    "strange.docx": (telling.office(**{"word/secret.xml": "<a/>"}), ["unknown"]),
    "entity.docx": (telling.office(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), ["unknown"]),
    "path.docx": (telling.office(**{"word/document.xml": '<a descr="C:\\Users\\x\\a.jpg"/>'}), ["linked"]),
    "named.docx": (telling.office(**{"word/document.xml": f"<a b='{NAME}'/>"}), ["named"]),
    "company.odt": (
        odt(**{"meta.xml": f"<m:creator>{NAME}</m:creator>", "settings.xml": f"<a>{NAME}</a>"}),
        ["named"],
    ),
    "letter.txt": (b"{\\rtf1{\\info{\\author " + NAME.encode() + b"}}}", ["unknown"]),
    "page.txt": (b'\xef\xbb\xbf <html><meta name="author" content="a">', ["unknown"]),
    "bin.epub": (epub(**{"secret.bin": NAME}), ["unknown"]),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_cannot_be_removed__is_shown(name):
    content, left = SHOWN[name]

    got, shown = cleaned(name, content)
    assert shown == left
    assert got


@pytest.mark.parametrize("svg", [SVG % b"<s:path/>", b"<svg><path d='M0 0'/></svg>"])
def test_drawing_without_metadata__is_clean(svg):
    _content, left = cleaned("a.docx", telling.office(**{"word/media/a.svg": svg}))
    assert left == []


@pytest.mark.parametrize("repeated", [b"<w:mailMerge >", b"<!--", b"<?x "])
def test_part__that_is_never_closed_is_shown_at_once(repeated):
    with pytest.raises(ValueError, match="well-formed"):
        as_utf8(b"<w:settings xmlns:w='w'>" + repeated * 50_000)


def word(body: str) -> bytes:
    return telling.office(**{"word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>"})


def sheets(workbook: str = "", rows: str = "") -> bytes:
    return telling.office(
        **{
            "xl/workbook.xml": f"<workbook><sheets>{workbook}</sheets></workbook>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def slides(slide: str = "<p:sld/>", notes: str = "") -> bytes:
    parts = {"ppt/presentation.xml": "<p:presentation/>", "ppt/slides/slide1.xml": slide}
    return telling.office(**parts, **({"ppt/notesSlides/notesSlide1.xml": notes} if notes else {}))


def odf(text: str, kind: str = "text") -> bytes:
    return telling.archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:body>{text}</office:body>",
        }
    )


HELD = {
    "deleted.docx": (
        word(f'<w:del w:id="1"><w:r><w:delText>{telling.WORDS}</w:delText></w:r></w:del>'),
        ["deleted"],
    ),
    "hidden.docx": (word(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{telling.WORDS}</w:t></w:r>"), ["hidden"]),
    "both.docx": (
        word(
            f"<w:r><w:rPr><w:vanish w:val='1'/></w:rPr></w:r><w:delText xml:space='x'>{telling.WORDS}</w:delText>"
        ),
        ["deleted", "hidden"],
    ),
    "shown.docx": (word("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Words</w:t></w:r><w:delText/>"), []),
    "mark.docx": (word('<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:t>Words</w:t></w:p>'), []),
    "sheet.xlsx": (sheets('<sheet name="A"/><sheet name="B" sheetId="2" state="veryHidden"/>'), ["hidden"]),
    "row.xlsx": (
        sheets(rows=f'<row r="1" hidden="1"><c t="inlineStr"><t>{telling.WORDS}</t></c></row>'),
        ["hidden"],
    ),
    "shown.xlsx": (sheets('<sheet name="A" state="visible"/>', '<row r="1"/>'), []),
    "slide.pptx": (slides('<p:sld xmlns:p="x" show="0"><a:t>Words</a:t></p:sld>'), ["hidden"]),
    "notes.pptx": (slides(notes=f"<p:notes><a:t>{telling.WORDS}</a:t></p:notes>"), ["notes"]),
    "number.pptx": (slides(notes='<p:notes><a:fld type="slidenum"><a:t>12</a:t></a:fld></p:notes>'), []),
    "deleted.odt": (
        odf(
            f"<text:tracked-changes><text:deletion><text:p>{telling.WORDS}</text:p></text:deletion></text:tracked-changes>"
        ),
        ["deleted"],
    ),
    "hidden.odt": (
        odf(f'<style:text-properties text:display="none"/><text:p>{telling.WORDS}</text:p>'),
        ["hidden"],
    ),
    "sheet.ods": (odf('<style:table-properties table:display="false"/>', "spreadsheet"), ["hidden"]),
    "notes.odp": (
        odf(
            f"<presentation:notes><draw:frame><text:p>{telling.WORDS}</text:p></draw:frame></presentation:notes>",
            "presentation",
        ),
        ["notes"],
    ),
    "empty.odp": (odf("<presentation:notes><text:p/></presentation:notes><text:p>W</text:p>", "presentation"), []),
}


@pytest.mark.parametrize("name", HELD)
def test_text__that_pages_do_not_show_is_named_to_the_editor(name):
    content, left = HELD[name]
    assert cleaned(name, content)[1] == left


@pytest.mark.parametrize("kind", ["/DCT", "/DCTDecode", "[/A85 /DCT]"])
def test_pdf__picture_within_the_text_of_a_page_is_named(kind):
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        text = b"q BI /W 1 /H 1 /BPC 8 /CS /G /F %s ID " % kind.encode() + telling.photo() + b" EI Q"
        pdf.pages[0].Contents = pikepdf.Stream(pdf, text)
        saved = io.BytesIO()
        pdf.save(saved)

    assert cleaned("inline.pdf", saved.getvalue())[1] == ["picture"]
