"""Copies of helplines become rows of one model, to which pages refer: those of the home pages, and those in the
blocks of pages, revisions and the sources of translations. What a copy said is kept: its texts in each language, and
a helpline of its own for each number. What contradicts the first of several copies is logged.
"""

import json
import logging
from collections.abc import Callable, Iterator
from functools import partial

import core.languages.site_languages
import wagtail.fields
from django.db import migrations, models
from django.db.models import JSONField, Q
from django.db.models.functions import Cast
from wagtail.blocks import StreamValue
from wagtail.models import ReferenceIndex

from core.helplines.old_copies import NAMES, Copy
from home import rights

logger = logging.getLogger("home.migrations")

STREAMS = (
    ("home", "HomePage"),
    ("home", "SectionPage"),
    ("home", "ContentPage"),
    ("campaigns", "CampaignPage"),
    ("campaigns", "EditionPage"),
    ("campaigns", "NewsPage"),
    ("campaigns", "ProjectPage"),
)
FIELDS = ("name", "number", "hours", "note")
SITE_LANGUAGE = "en"
MOST = {"name": 120, "note": 200}

Change = Callable[[dict, str], dict]


class Rows:
    """The helplines that were made of copies, by the number that they call."""

    def __init__(self, apps) -> None:
        self.model = apps.get_model("core", "Helpline")
        self.by_tel: dict[str, models.Model] = {}
        self.said: set[str] = set()

    def take(self, values: dict, code: str) -> models.Model | None:
        """Return the row for a copy; the first one that is made is the site's."""
        copy = Copy(code, **{name: str(values.get(name) or "") for name in NAMES})
        if not copy.found:
            if any(values.get(name) for name in NAMES):
                self.say(f"without a number, dropped: {values}")
            return None
        rows = [self._row(number) for number in copy.found]
        for row in rows:
            self._add(row, copy)
        return rows[0]

    def _row(self, number) -> models.Model:
        if number.tel not in self.by_tel:
            self.by_tel[number.tel] = self.model(number=number.shown, is_primary=not self.by_tel)
            self.by_tel[number.tel].save()
        return self.by_tel[number.tel]

    def _add(self, row: models.Model, copy: Copy) -> None:
        text = row.texts.setdefault(copy.code, {"name": "", "note": ""})
        for name, value in (("name", copy.name), ("note", copy.remark)):
            if value and not text[name]:
                text[name] = value
            elif value and text[name] != value:
                self.say(f"{row.number}, {copy.code}, {name}: “{text[name]}” is kept, not “{value}”")
        for name, value in (("hours", copy.week), ("languages", copy.codes)):
            if value and not getattr(row, name):
                setattr(row, name, value)
            elif value and getattr(row, name) != value:
                self.say(f"{row.number}, {copy.code}, {name}: not taken over: “{getattr(copy, name)}”")
        row.save()

    def say(self, line: str) -> None:
        if line not in self.said:
            self.said.add(line)
            logger.warning("Helpline %s", line)


def to_rows(apps, schema_editor) -> None:
    rows, codes = Rows(apps), _codes(apps)
    homes = list(apps.get_model("home", "HomePage").objects.order_by("path"))
    for page in sorted(homes, key=lambda page: codes[page.locale_id] != SITE_LANGUAGE):
        rows.take(_home_copy(page), codes[page.locale_id])
    gone: dict[str, set[str]] = {}

    def refer(value: dict, code: str) -> dict:
        row = rows.take(value, code)
        return {"helpline": None if row is None or row.is_primary else row.pk}

    _change_streams(apps, refer, gone)
    _change_contents(apps, refer, gone, drop_fields)
    _forget_units(apps, gone)
    rights.grant_helpline_rights(apps)


def to_copies(apps, schema_editor) -> None:
    """Each page gets the texts of its language back."""
    codes = _codes(apps)
    rows = {row.pk: row for row in apps.get_model("core", "Helpline").objects.order_by("-is_primary", "pk")}
    primary = next(iter(rows.values()), None)

    def copy(value: dict, code: str) -> dict:
        row = rows.get(value.get("helpline")) or primary
        return _as_copy(row, code) if row else dict.fromkeys(NAMES, "")

    homes = apps.get_model("home", "HomePage").objects
    for pk, locale in homes.values_list("pk", "locale_id") if primary else ():
        text = _as_copy(primary, codes[locale])
        homes.filter(pk=pk).update(**{f"helpline_{name}": text[name] for name in FIELDS})
    _change_streams(apps, copy, {})
    _change_contents(apps, copy, {}, partial(_add_fields, primary=primary))
    index = apps.get_model("wagtailcore", "ReferenceIndex").objects
    index.filter(to_content_type__app_label="core", to_content_type__model="helpline").delete()
    apps.get_model("core", "Helpline").objects.update(replaced_by=None)
    apps.get_model("core", "Helpline").objects.all().delete()


def _as_copy(row: models.Model, code: str) -> dict:
    text = row.texts.get(code) or row.texts.get(SITE_LANGUAGE) or next(iter(row.texts.values()), {})
    times = {(day["opens"], day["closes"]) for day in row.hours.values()}
    opens, closes = next(iter(times), ("", ""))
    # Hours that differ by day have no words here; a publisher types them again.
    hours = f"Every day, {opens}–{closes}" if len(times) == 1 and len(row.hours) == 7 else ""
    return {
        "name": text.get("name", "")[: MOST["name"]],
        "number": row.number,
        "hours": hours,
        "languages": "",
        "note": text.get("note", "")[: MOST["note"]],
    }


def _home_copy(page: models.Model) -> dict:
    return {name: getattr(page, f"helpline_{name}") for name in FIELDS}


def drop_fields(content: dict, code: str) -> None:
    for name in FIELDS:
        content.pop(f"helpline_{name}", None)


def _add_fields(content: dict, code: str, primary: models.Model | None) -> None:
    for name in FIELDS:
        content[f"helpline_{name}"] = _as_copy(primary, code)[name] if primary else ""


def _codes(apps) -> dict[int, str]:
    return dict(apps.get_model("wagtailcore", "Locale").objects.values_list("pk", "language_code"))


def _changed(raw: list[dict], code: str, change: Change, ids: set[str]) -> list[dict] | None:
    """Return the stream with its helplines changed, or None where it has none."""
    found = [block for block in raw if block.get("type") == "helpline"]
    for block in found:
        block["value"] = change(block.get("value") or {}, code)
        ids.add(block.get("id") or "")
    return raw if found else None


def _change_streams(apps, change: Change, gone: dict[str, set[str]]) -> None:
    codes = _codes(apps)
    for label, name in STREAMS:
        model = apps.get_model(label, name)
        rows = model.objects.annotate(raw=Cast("body", JSONField())).order_by("pk")
        for pk, key, locale, raw in rows.values_list("pk", "translation_key", "locale", "raw"):
            ids: set[str] = set()
            new = _changed(raw or [], codes[locale], change, ids)
            if new is None:
                continue
            gone.setdefault(str(key), set()).update(ids)
            block = model._meta.get_field("body").stream_block
            model.objects.filter(pk=pk).update(body=StreamValue(block, new, is_lazy=True))
            _write_references(apps, model, pk, new)


def _change_contents(apps, change: Change, gone: dict[str, set[str]], fields: Callable[[dict, str], None]) -> None:
    """Of revisions and of the sources of translations."""
    codes = _codes(apps)
    for row, content in _contents(apps):
        code = codes.get(content.get("locale"), SITE_LANGUAGE)
        if row.of_home:
            fields(content, code)
        try:
            raw = json.loads(content.get("body") or "[]")
        except (TypeError, ValueError):
            raw = []
        ids: set[str] = set()
        new = _changed(raw, code, change, ids)
        if new is not None:
            content["body"] = json.dumps(new)
            gone.setdefault(str(content.get("translation_key")), set()).update(ids)
        if new is not None or row.of_home:
            row.write(content)


class _Stored:
    """A row that holds the fields of a page as JSON."""

    def __init__(self, row: models.Model, name: str, of_home: bool) -> None:
        self.row, self.name, self.of_home = row, name, of_home

    def read(self) -> dict:
        value = getattr(self.row, self.name)
        return json.loads(value) if isinstance(value, str) else value

    def write(self, content: dict) -> None:
        is_text = isinstance(getattr(self.row, self.name), str)
        self.row.__class__.objects.filter(pk=self.row.pk).update(
            **{self.name: json.dumps(content) if is_text else content}
        )


def _contents(apps) -> Iterator[tuple[_Stored, dict]]:
    kinds = apps.get_model("contenttypes", "ContentType").objects
    wanted = Q()
    for label, name in STREAMS:
        wanted |= Q(app_label=label, model=name.lower())
    types = dict(kinds.filter(wanted).values_list("pk", "model"))
    for label, name, by, field in (
        ("wagtailcore", "Revision", "content_type_id", "content"),
        ("wagtail_localize", "TranslationSource", "specific_content_type_id", "content_json"),
    ):
        rows = apps.get_model(label, name).objects.filter(**{f"{by}__in": types}).order_by("pk")
        for row in rows.iterator(chunk_size=200):
            stored = _Stored(row, field, types[getattr(row, by)] == "homepage")
            yield stored, stored.read()


def _forget_units(apps, gone: dict[str, set[str]]) -> None:
    """Translators are no longer asked for what has vanished."""
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects
    contexts.filter(path__in=[f"helpline_{name}" for name in FIELDS]).delete()
    for key, ids in gone.items():
        paths = [f"body.{block}.{name}" for block in ids for name in NAMES]
        contexts.filter(object_id=key, path__in=paths).delete()


def _write_references(apps, model, pk: int, raw: list[dict]) -> None:
    """As Wagtail does when a page is saved."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    base = kinds.get_or_create(app_label="wagtailcore", model="page")[0]
    own = kinds.get_or_create(app_label=model._meta.app_label, model=model._meta.model_name)[0]
    to = kinds.get_or_create(app_label="core", model="helpline")[0]
    index = apps.get_model("wagtailcore", "ReferenceIndex").objects
    for block in raw:
        chosen = block["value"].get("helpline") if block["type"] == "helpline" else None
        if chosen:
            path = f"body.{block['id']}.helpline"
            index.get_or_create(
                base_content_type_id=base.pk,
                object_id=str(pk),
                to_content_type_id=to.pk,
                to_object_id=str(chosen),
                content_path_hash=ReferenceIndex._get_content_path_hash(path),
                defaults={
                    "content_type_id": own.pk,
                    "model_path": "body.helpline.helpline",
                    "content_path": path,
                },
            )


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0002_groups'),
        ('core', '0013_helplines'),
        ('campaigns', '0007_helplines'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
    ]

    operations = [
        migrations.RunPython(to_rows, to_copies),
        migrations.RemoveField(
            model_name='homepage',
            name='helpline_hours',
        ),
        migrations.RemoveField(
            model_name='homepage',
            name='helpline_name',
        ),
        migrations.RemoveField(
            model_name='homepage',
            name='helpline_note',
        ),
        migrations.RemoveField(
            model_name='homepage',
            name='helpline_number',
        ),
        migrations.AddField(
            model_name='sectionpage',
            name='sensitive',
            field=models.CharField(blank=True, choices=[('', 'As the page above it'), ('yes', 'Yes'), ('no', 'No')], default='', max_length=3, verbose_name='sensitive'),
        ),
        migrations.AlterField(
            model_name='contentpage',
            name='body',
            field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('chart', 33), ('toolkit', 40), ('helpline', 42), ('call_to_action', 48), ('questions', 53)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing is loaded from there before the reader goes there.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture before it plays', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Picked ones count, too.', 'label': 'How many', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise the block fills itself from the campaign.', 'label': 'Only what is picked', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Picked quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Picked takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Picked figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 25: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read out in place of the drawing: say what a reader should see in it.', 'label': 'What it shows, in a sentence', 'rows': 2}), 26: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 28: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 29: ('wagtail.blocks.StructBlock', [[('label', 27), ('value', 28)]], {}), 30: ('wagtail.blocks.ListBlock', (29,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 24), ('description', 25), ('unit', 26), ('points', 30), ('source', 31), ('source_url', 32)]], {}), 34: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 36: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 37: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 38: ('wagtail.blocks.StructBlock', [[('title', 35), ('document', 36), ('language', 37)]], {}), 39: ('wagtail.blocks.ListBlock', (38,), {'label': 'Files', 'min_num': 1}), 40: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 34), ('files', 39)]], {}), 41: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Without a choice: the site's helpline.", 'label': 'Helpline', 'required': False}), 42: ('wagtail.blocks.StructBlock', [[('helpline', 41)]], {}), 43: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Text of the link', 'max_length': 80}), 45: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 46: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 47: ('wagtail.blocks.StructBlock', [[('text', 44), ('page', 45), ('url', 46)]], {'label': 'Link'}), 48: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 43), ('link', 47)]], {}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 50: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 51: ('wagtail.blocks.StructBlock', [[('question', 49), ('answer', 50)]], {}), 52: ('wagtail.blocks.ListBlock', (51,), {'label': 'Questions', 'min_num': 1}), 53: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 52)]], {})}, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='homepage',
            name='body',
            field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('chart', 33), ('toolkit', 40), ('helpline', 42), ('call_to_action', 48), ('questions', 53), ('latest_news', 56), ('programme', 64), ('past_themes', 65), ('partners', 68)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing is loaded from there before the reader goes there.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture before it plays', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Picked ones count, too.', 'label': 'How many', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise the block fills itself from the campaign.', 'label': 'Only what is picked', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Picked quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Picked takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Picked figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 25: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read out in place of the drawing: say what a reader should see in it.', 'label': 'What it shows, in a sentence', 'rows': 2}), 26: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 28: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 29: ('wagtail.blocks.StructBlock', [[('label', 27), ('value', 28)]], {}), 30: ('wagtail.blocks.ListBlock', (29,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 24), ('description', 25), ('unit', 26), ('points', 30), ('source', 31), ('source_url', 32)]], {}), 34: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 36: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 37: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 38: ('wagtail.blocks.StructBlock', [[('title', 35), ('document', 36), ('language', 37)]], {}), 39: ('wagtail.blocks.ListBlock', (38,), {'label': 'Files', 'min_num': 1}), 40: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 34), ('files', 39)]], {}), 41: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Without a choice: the site's helpline.", 'label': 'Helpline', 'required': False}), 42: ('wagtail.blocks.StructBlock', [[('helpline', 41)]], {}), 43: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Text of the link', 'max_length': 80}), 45: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 46: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 47: ('wagtail.blocks.StructBlock', [[('text', 44), ('page', 45), ('url', 46)]], {'label': 'Link'}), 48: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 43), ('link', 47)]], {}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 50: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 51: ('wagtail.blocks.StructBlock', [[('question', 49), ('answer', 50)]], {}), 52: ('wagtail.blocks.ListBlock', (51,), {'label': 'Questions', 'min_num': 1}), 53: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 52)]], {}), 54: ('wagtail.blocks.PageChooserBlock', (), {'page_type': ['campaigns.NewsPage']}), 55: ('wagtail.blocks.ListBlock', (54,), {'default': [], 'label': 'Picked stories'}), 56: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 55)]], {}), 57: ('wagtail.blocks.DateBlock', (), {'label': 'Date', 'required': False}), 58: ('wagtail.blocks.TimeBlock', (), {'label': 'Time', 'required': False}), 59: ('wagtail.blocks.CharBlock', (), {'label': 'What happens', 'max_length': 160}), 60: ('wagtail.blocks.TextBlock', (), {'label': 'Detail', 'required': False, 'rows': 2}), 61: ('wagtail.blocks.CharBlock', (), {'label': 'Where', 'max_length': 120, 'required': False}), 62: ('wagtail.blocks.StructBlock', [[('date', 57), ('time', 58), ('title', 59), ('detail', 60), ('place', 61)]], {}), 63: ('wagtail.blocks.ListBlock', (62,), {'label': 'Entries', 'min_num': 1}), 64: ('wagtail.blocks.StructBlock', [[('heading', 12), ('entries', 63)]], {}), 65: ('wagtail.blocks.StructBlock', [[('heading', 12)]], {}), 66: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Organisation',), {}), 67: ('wagtail.blocks.ListBlock', (66,), {'default': [], 'label': 'Picked organisations'}), 68: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 67)]], {})}, verbose_name='body'),
        ),
        migrations.AlterField(
            model_name='sectionpage',
            name='body',
            field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('chart', 33), ('toolkit', 40), ('helpline', 42), ('call_to_action', 48), ('questions', 53)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing is loaded from there before the reader goes there.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture before it plays', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Picked ones count, too.', 'label': 'How many', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Otherwise the block fills itself from the campaign.', 'label': 'Only what is picked', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Picked quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Picked takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Picked figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 25: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read out in place of the drawing: say what a reader should see in it.', 'label': 'What it shows, in a sentence', 'rows': 2}), 26: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 28: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 29: ('wagtail.blocks.StructBlock', [[('label', 27), ('value', 28)]], {}), 30: ('wagtail.blocks.ListBlock', (29,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 24), ('description', 25), ('unit', 26), ('points', 30), ('source', 31), ('source_url', 32)]], {}), 34: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 36: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 37: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 38: ('wagtail.blocks.StructBlock', [[('title', 35), ('document', 36), ('language', 37)]], {}), 39: ('wagtail.blocks.ListBlock', (38,), {'label': 'Files', 'min_num': 1}), 40: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 34), ('files', 39)]], {}), 41: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Without a choice: the site's helpline.", 'label': 'Helpline', 'required': False}), 42: ('wagtail.blocks.StructBlock', [[('helpline', 41)]], {}), 43: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Text of the link', 'max_length': 80}), 45: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 46: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 47: ('wagtail.blocks.StructBlock', [[('text', 44), ('page', 45), ('url', 46)]], {'label': 'Link'}), 48: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 43), ('link', 47)]], {}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 50: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 51: ('wagtail.blocks.StructBlock', [[('question', 49), ('answer', 50)]], {}), 52: ('wagtail.blocks.ListBlock', (51,), {'label': 'Questions', 'min_num': 1}), 53: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 52)]], {})}, verbose_name='body'),
        ),
    ]
