"""Rules for the parts of Office files, OpenDocument files and EPUBs: which are kept, changed or removed. A part
that no rule lists is kept and reported to the editor."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape

from core.metadata.titles import fit_title

NOBODY = b"Author"  # the name that Office itself writes in place of removed names
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.'
    b'openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"%s</cp:coreProperties>"
)
_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats'
    b'.org/officeDocument/2006/%s"/>'
)
_ODF_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument'
    b':xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta>%s'
    b"</office:meta></office:document-meta>"
)
VALUE = rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
_PREFIX = rb"(?:[\w.-]+:)?"

Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Rules:
    """Rules for one kind of archive.

    The patterns match whole names of parts, in any case. `changed` are applied in order. `kept` may stay without
    being reported; `removed` are left out. `properties` are the parts with the names of people and companies.
    """

    changed: list[tuple[re.Pattern[str], Change]]
    kept: re.Pattern[str]
    removed: re.Pattern[str]
    properties: re.Pattern[str]


def _names(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _element(name: bytes) -> bytes:
    """Return a pattern for a whole element, with its content or empty, with any namespace prefix; `name` may be a
    pattern without groups."""
    return rb"<(%s(?:%s))(?:\s[^>]*)?(?:(?<=/)>|(?<!/)>.*?</\1\s*>)" % (_PREFIX, name)


def without(*patterns: bytes) -> Change:
    """Return a change that removes all matches of the patterns, in any case; a dot in them also matches line
    ends."""
    found = [re.compile(pattern, re.DOTALL | re.IGNORECASE) for pattern in patterns]

    def change(content: bytes) -> bytes:
        for pattern in found:
            content = pattern.sub(b"", content)
        return content

    return change


def _anonymous(*attributes: bytes) -> Change:
    """Return a change that replaces the values of these attributes, which are names of people, by NOBODY."""
    pattern = re.compile(rb"(\s" + _PREFIX + rb"(?:" + b"|".join(attributes) + rb"))" + VALUE, re.IGNORECASE)
    return lambda content: pattern.sub(rb'\1="' + NOBODY + b'"', content)


def _elements(*names: bytes) -> Change:
    """Return a change that replaces the content of these elements, which is a name of a person, by NOBODY."""
    pattern = re.compile(
        rb"<(%s(?:%s))((?:\s[^>]*)?)(?<!/)>.*?</\1\s*>" % (_PREFIX, b"|".join(names)), re.DOTALL | re.IGNORECASE
    )
    return lambda content: pattern.sub(rb"<\1\2>" + NOBODY + rb"</\1>", content)


def _properties(template: bytes) -> Change:
    """Return a change that replaces a part with properties by `template`, into which only the title is put, unless
    it looks like a file name."""

    def change(content: bytes) -> bytes:
        found = re.search(rb"<dc:title[^>]*>([^<]*)</dc:title>", content)
        title = fit_title(unescape(found[1].decode("utf-8", "ignore"))) if found else ""
        return template % (f"<dc:title>{escape(title)}</dc:title>".encode() if title else b"")

    return change


def _without_printer(content: bytes) -> bytes:
    """Remove the references of sheets to printer settings, which are left out."""
    return re.sub(rb"(<%spageSetup\b[^>]*?)\s+[\w.-]+:id%s" % (_PREFIX, VALUE), rb"\1", content)


def _without_users(content: bytes) -> bytes:
    """Remove user and comment of scenarios, both of which name the author."""
    telling = re.compile(rb"\s(?:user|comment)" + VALUE)
    return re.sub(rb"<%sscenario\s[^>]*>" % _PREFIX, lambda found: telling.sub(b"", found[0]), content)


def _rules(*rules: tuple[str, Change]) -> list[tuple[re.Pattern[str], Change]]:
    return [(_names(pattern), change) for pattern, change in rules]


_DRAWN = (
    r"(word|ppt|xl)/(theme/theme\d+|charts/(chart|chartEx|style|colors)\d*|drawings/drawing\d+)\.xml",
    r"(word|ppt|xl)/diagrams/(data|layout|quickStyle|colors|drawing)\d*\.xml",
    r"(word|ppt|xl)/(drawings/)?(vml|comments|legacy)Drawing[^/]*\.vml",
    r"(word|ppt|xl)/theme/themeOverride\d+\.xml",
)
OFFICE = Rules(
    changed=_rules(
        (r"docProps/core\d*\.xml|.*\.psmdcp", _properties(_CORE)),
        (r"docProps/app\d*\.xml", lambda content: _PROPERTIES % b"extended-properties"),
        (r"docProps/custom\d*\.xml", lambda content: _PROPERTIES % b"custom-properties"),
        (
            r"word/settings\.xml",
            without(_element(rb"attachedTemplate"), _element(rb"mailMerge"), _element(rb"docVars")),
        ),
        (r"word/people\.xml", without(_element(rb"person"))),
        (r"word/.*\.xml", _anonymous(rb"author", rb"initials", rb"userId")),
        (r"xl/(work|chart|dialog)sheets/[^/]*\.xml", _without_printer),
        (r"xl/worksheets/[^/]*\.xml", _without_users),
        (
            r"xl/workbook\.xml",
            without(rb"(?<=absPath)\s+url" + VALUE, _element(rb"fileSharing"), _element(rb"webPublishing")),
        ),
        (r"xl/(.*/)?comments?\d*\.xml", _elements(rb"author")),
        (r"xl/persons/.*\.xml", _anonymous(rb"displayName", rb"userId", rb"providerId")),
        (r"xl/pivotCache/.*\.xml", _anonymous(rb"refreshedBy")),
        (r"ppt/(commentAuthors|authors)\.xml", _anonymous(rb"name", rb"initials", rb"userId", rb"providerId")),
        # References to parts that are left out.
        (r"ppt/.*\.xml", without(_element(rb"custDataLst"))),
        (r"ppt/presProps\.xml", without(_element(rb"htmlPubPr"))),
    ),
    kept=_names(
        r"\[Content_Types\]\.xml",
        r"(.*/)?_rels/[^/]*\.rels",
        r"docProps/(core|app|custom)\d*\.xml|.*\.psmdcp",
        *_DRAWN,
        r"word/(glossary/)?(document|header|footer|comments|footnotes|endnotes|styles)\d*\.xml",
        r"word/(glossary/)?(stylesWithEffects|numbering|settings|webSettings|fontTable)\.xml",
        r"word/(people|comments(Extended|Ids|Extensible))\.xml",
        r"(word|ppt)/fonts/[^/]*\.(odttf|fntdata)",
        r"ppt/(presentation|presProps|viewProps|tableStyles|commentAuthors|authors)\.xml",
        r"ppt/(slide|slideLayout|slideMaster|notesSlide|notesMaster|handoutMaster)s/[a-z]+\d+\.xml",
        r"ppt/comments/[^/]*\.xml",
        r"xl/(workbook|styles|sharedStrings|calcChain|metadata|volatileDependencies)\.xml",
        r"xl/(work|chart|dialog)sheets/sheet\d+\.xml",
        r"xl/(tables/table|pivotTables/pivotTable|slicers/slicer|slicerCaches/slicerCache)\d+\.xml",
        r"xl/pivotCache/pivotCache(Definition|Records)\d+\.xml",
        r"xl/(timelines/timeline|timelineCaches/timelineCache|ctrlProps/ctrlProp)\d+\.xml",
        r"xl/comments\d*\.xml|xl/comments/comment\d*\.xml|xl/threadedComments/[^/]*\.xml|xl/persons/[^/]*\.xml",
        r"xl/richData/[^/]*\.xml|xl/featurePropertyBag/[^/]*\.xml",
    ),
    removed=_names(
        r"docProps/thumbnail\..*",
        r"docMetadata/.*",
        r"customXml/.*",
        r"\[trash\]/.*",
        r"word/(recipientData|intelligence\d*)\.xml",
        r"xl/printerSettings/.*",
        r"(ppt|word)/printerSettings/.*",
        r"xl/userNames\.xml|xl/revisions/.*",
        r"ppt/tags/.*",
        r"ppt/(changesInfos|revisionInfo)(/.*|\.xml)",
    ),
    properties=_names(r"docProps/.*\.xml|.*\.psmdcp"),
)
ODF = Rules(
    changed=_rules(
        (r"(.*/)?meta\.xml", _properties(_ODF_META)),
        (
            r"(.*/)?(content|styles)\.xml",
            _elements(
                *(rb"creator", rb"creator-initials", rb"initial-creator", rb"printed-by"),
                *(rb"author-name", rb"author-initials", rb"sender-[\w-]+"),
            ),
        ),
        (
            r"(.*/)?settings\.xml",
            without(
                rb"<(%sconfig-item)\b[^>]*[\"'](?:Printer(?:Name|Setup)|[\w]*(?:DataSource|DatabaseName|BaseURL)\w*)"
                rb"[\"'][^>]*(?:(?<=/)>|(?<!/)>.*?</\1\s*>)" % _PREFIX
            ),
        ),
    ),
    kept=_names(
        r"mimetype",
        r"META-INF/manifest\.xml",
        r"(Object[^/]*/)*(content|styles|settings|meta)\.xml",
        r"Fonts/[^/]*\.(ttf|otf|odttf)",
        r"(Object[^/]*/)*Pictures/.*",
    ),
    removed=_names(
        r"Thumbnails/.*",
        r"Configurations2/.*",
        r"manifest\.rdf",
        r"VersionList\.xml",
        r"Versions/.*",
        r"layout-cache",
    ),
    properties=_names(r"(.*/)?meta\.xml"),
)
EPUB = Rules(
    changed=_rules(
        (
            r".*\.opf",
            without(
                rb"<!--.*?-->",
                _element(rb"creator|contributor|publisher"),
                rb"<(%smeta)\b[^>]*[\"'](?:generator|author|file-as|role|calibre:[^\"']*|[\w-]*author[\w-]*|(?:dc|dcterms)[:.](?:creator|contributor|publisher))"
                rb"[\"'][^>]*(?:(?<=/)>|(?<!/)>.*?</\1\s*>)" % _PREFIX,
                rb"\s%sfile-as%s" % (_PREFIX, VALUE),
            ),
        ),
        (
            r".*\.ncx",
            without(
                _element(rb"docAuthor"),
                rb"<%smeta\b[^>]*[\"'][^\"']*(?:author|creator|generator|file-as)[^\"']*[\"'][^>]*/>" % _PREFIX,
            ),
        ),
        (
            r".*\.(xhtml|html?|xml)",
            without(
                rb"<meta\b[^>]*\bname\s*=\s*[\"']?(?:author|creator|generator|publisher|dc[.:]creator)(?=[\"'\s/>])"
                rb"[^>]*>"
                rb"(?:\s*</meta\s*>)?"
            ),
        ),
    ),
    kept=_names(
        r"mimetype",
        r"META-INF/(container|encryption)\.xml",
        r".*\.(opf|ncx|xhtml|html?|css|js|smil|pls|ttf|otf|woff2?)",
    ),
    removed=_names(
        r"iTunes.*\.plist",
        r"META-INF/(metadata|com\..*)\.xml",
        r"META-INF/calibre_bookmarks\.txt",
        r".*\.(DS_Store|plist)",
    ),
    properties=_names(r".*\.(opf|ncx)"),
)
