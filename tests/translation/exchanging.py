"""Files on their way out and in, through the doors that people use."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import polib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import etree
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests import factories
from tests.translating import Newsroom
from tests.typed import Response
from translation.exchange.formats import written
from translation.exchange.strings import files_of

EXPORT = "translation_exchange:export"
IMPORT = "translation_exchange:import"
# What wagtail-localize may keep, and formats like to lose.
TEXTS = [
    'He said "no" \\ and \\n, and left',
    "One line\nand another\n\nand a third",
    "50\u00a0000 people, 3\u202f% of them",
    "A loaf 🍞 and a flag 🇹🇯",
    "<b>Ask</b> &amp; tell: 2 &lt; 3 &gt; 1",
    "\u202bپرسیدن حق شماست\u202c\u200f",
    "  spaces before and after ",
    "a tab\tand a line\u2028separator\x85",
    'See <a id="a1">the <i>contract</i></a><br/>now',
    "%(name)s and {name} and 100% {{ x }}",
    "]]&gt; and <b>more</b>",
    "Write &amp; ask &lt;now&gt;",
]


def campaign_sent(newsroom: Newsroom, introduction: str = "<p>Ask four questions.</p>") -> Translation:
    """A campaign page that is being translated into Russian."""
    page = factories.CampaignPageFactory(
        parent=newsroom.site.campaign_index,
        title="World Day",
        slug="wdatip",
        short_name="WD",
        introduction=introduction,
    )
    return newsroom.send(page, "ru")[0]


def add_strings(translation: Translation, texts: list[str], path: str = "introduction") -> list[StringSegment]:
    """As wagtail-localize would find them in a rich text."""
    source = translation.source
    context = source.stringsegment_set.filter(context__path=path).first().context
    made = []
    for order, text in enumerate(texts):
        string = source.locale.source_strings.get_or_create(
            data_hash=StringSegment._meta.get_field("string").related_model._get_data_hash(text),
            defaults={"data": text},
        )[0]
        made.append(StringSegment.objects.create(source=source, context=context, string=string, order=100 + order))
    return made


def word(translation: Translation, segment: StringSegment, text: str, **values) -> StringTranslation:
    return StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=text,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        **values,
    )


def loaded(translation: Translation) -> Translation:
    related = ("source__locale", "source__specific_content_type", "target_locale")
    return Translation.objects.select_related(*related).get(pk=translation.pk)


def file_of(translation: Translation, format: str) -> bytes:
    [file] = files_of([loaded(translation)])
    return written(file, format)


def po_of(translation: Translation, change: Callable[[polib.POEntry], None]) -> bytes:
    """A PO file in which somebody has worked."""
    po = polib.pofile(file_of(translation, "po").decode())
    for entry in po:
        change(entry)
    return str(po).encode()


def export(client: Client, format: str = "xliff", languages: tuple[str, ...] = ("ru",), **asked) -> Response:
    return client.post(reverse(EXPORT), {"format": format, "languages": languages, **asked})


def unzipped(response: Response) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def upload(client: Client, content: bytes, name: str = "ru.xlf", url: str | None = None) -> Response:
    file = SimpleUploadedFile(name, content)
    return client.post(url or reverse(IMPORT), {"file": file}, follow=True)


def apply(client: Client, shown: Response) -> Response:
    """What the dry run has shown."""
    return client.post(shown.redirect_chain[-1][0], {"digest": shown.context["digest"]}, follow=True)


def bring_in(client: Client, content: bytes, name: str = "ru.xlf") -> Response:
    return apply(client, upload(client, content, name))


def wordings() -> dict[str, str]:
    return dict(StringTranslation.objects.values_list("translation_of__data", "data"))


def xliff_of(translation: Translation, approved: str | None = "yes", state: str | None = None, **targets) -> bytes:
    """`targets` by the path of the string."""
    root = etree.fromstring(file_of(translation, "xliff"))
    for unit in root.iter("{*}trans-unit"):
        path = next(each.text for each in unit.iter("{*}context") if each.get("context-type") == "x-path")
        if path not in targets:
            continue
        target = unit.find("{*}target")
        if target is None:
            target = etree.SubElement(unit, unit.tag.replace("trans-unit", "target"))
        target.text = targets[path]
        target.attrib.pop("state", None)
        if state:
            target.set("state", state)
        unit.attrib.pop("approved", None)
        if approved:
            unit.set("approved", approved)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def live_with(newsroom: Newsroom, translation: Translation) -> None:
    newsroom.word(translation)
    newsroom.decide(newsroom.submit(translation))
    newsroom.publish(translation)
