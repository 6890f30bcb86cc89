import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The only definition of the state of a unit. A translation of a text that has an error is left out of what is
# published, so that it has to be looked at as one that came unconfirmed in a file.
VIEW = """
CREATE VIEW translation_unitrow AS
SELECT
    segment.id AS segment,
    translation.id AS translation,
    source.object_id AS object_key,
    translation.target_locale_id AS locale,
    segment."order" AS "order",
    context.id AS context,
    context.path AS path,
    context.path_id AS path_id,
    context.field_path AS field_path,
    string.id AS string,
    string.data_hash AS string_hash,
    string.data AS source,
    segment.attrs AS attrs,
    wording.id AS wording,
    COALESCE(wording.data, '') AS text,
    COALESCE(wording.has_error, FALSE) AS has_error,
    COALESCE(wording.field_error, '') AS field_error,
    COALESCE(wording.translation_type, '') AS translation_type,
    COALESCE(wording.tool_name, '') AS tool,
    wording.last_translated_by_id AS translator,
    wording.updated_at AS drafted_at,
    CASE WHEN unit.approved_at IS NOT NULL THEN unit.approved_text END AS approved,
    unit.approved_by_id AS approved_by,
    unit.approved_at AS approved_at,
    COALESCE(unit.old_source, '') AS old_source,
    COALESCE(unit.old_text, '') AS old_text,
    COALESCE(unit.was_approved, FALSE) AS was_approved,
    unit.stale_since AS stale_since,
    COALESCE(unit.unsure_from, '') AS unsure_from,
    unit.unsure_since AS unsure_since,
    CASE
        WHEN wording.id IS NULL OR wording.data = '' THEN 'missing'
        WHEN wording.has_error OR unit.unsure_since IS NOT NULL THEN 'needs_review'
        WHEN unit.stale_since IS NOT NULL THEN 'stale'
        WHEN unit.approved_at IS NOT NULL AND unit.approved_text = wording.data THEN 'approved'
        ELSE 'translated'
    END AS standing
FROM wagtail_localize_translation AS translation
JOIN wagtail_localize_translationsource AS source ON source.id = translation.source_id
JOIN wagtail_localize_stringsegment AS segment ON segment.source_id = source.id
JOIN wagtail_localize_translationcontext AS context ON context.id = segment.context_id
JOIN wagtail_localize_string AS string ON string.id = segment.string_id
LEFT JOIN wagtail_localize_stringtranslation AS wording
    ON wording.translation_of_id = segment.string_id
    AND wording.context_id = segment.context_id
    AND wording.locale_id = translation.target_locale_id
LEFT JOIN translation_unit AS unit
    ON unit.object_key = source.object_id
    AND unit.locale_id = translation.target_locale_id
    AND unit.path_id = context.path_id
    AND unit.string_hash = string.data_hash
"""


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0008_texts'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_key', models.UUIDField(db_index=True, verbose_name='translation key')),
                ('path', models.TextField(verbose_name='place')),
                ('path_id', models.UUIDField(editable=False)),
                ('string_hash', models.UUIDField(editable=False)),
                ('source', models.TextField(blank=True, verbose_name='source text')),
                ('approved_text', models.TextField(blank=True, verbose_name='approved text')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved at')),
                ('kept_at', models.DateTimeField(blank=True, null=True, verbose_name='kept valid at')),
                ('old_source', models.TextField(blank=True, verbose_name='source text that was translated')),
                ('old_text', models.TextField(blank=True, verbose_name='translation of the earlier source text')),
                ('was_approved', models.BooleanField(default=False, verbose_name='was approved')),
                ('stale_since', models.DateTimeField(blank=True, null=True, verbose_name='out of date since')),
                ('unsure_from', models.CharField(blank=True, max_length=12, verbose_name='came as')),
                ('unsure_since', models.DateTimeField(blank=True, null=True, verbose_name='unconfirmed since')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('kept_by', models.ForeignKey(blank=True, help_text='Who said that a change of the source was minor and the translation stays valid.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept valid by')),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language')),
            ],
            options={
                'verbose_name': 'unit of a translation',
                'verbose_name_plural': 'units of translations',
                'indexes': [models.Index(fields=['string_hash', 'locale'], name='unit_memory')],
                'constraints': [
                    models.UniqueConstraint(fields=('object_key', 'locale', 'path_id', 'string_hash'), name='one_unit'),
                    models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), ('approved_text', ''), ('kept_at', None)), models.Q(models.Q(('approved_text', ''), _negated=True), ('approved_at__isnull', False)), _connector='OR'), name='unit_approved_with_date'),
                    models.CheckConstraint(condition=models.Q(('kept_by', None), ('kept_at__isnull', False), _connector='OR'), name='unit_kept_with_date'),
                    models.CheckConstraint(condition=models.Q(models.Q(('old_source', ''), ('old_text', ''), ('stale_since', None), ('was_approved', False)), models.Q(('old_source', ''), _negated=True), _connector='OR'), name='unit_stale_with_source'),
                    models.CheckConstraint(condition=models.Q(models.Q(('unsure_from', ''), ('unsure_since', None)), models.Q(models.Q(('unsure_from', ''), _negated=True), ('unsure_since__isnull', False)), _connector='OR'), name='unit_unsure_with_date'),
                    models.CheckConstraint(condition=models.Q(('approved_at__isnull', False), models.Q(('old_source', ''), _negated=True), ('unsure_since__isnull', False), _connector='OR'), name='unit_says_something'),
                ],
            },
        ),
        migrations.RunSQL(VIEW, 'DROP VIEW translation_unitrow'),
        migrations.CreateModel(
            name='UnitRow',
            fields=[
                ('segment', models.BigIntegerField(primary_key=True, serialize=False)),
                ('translation', models.BigIntegerField()),
                ('object_key', models.UUIDField()),
                ('locale', models.BigIntegerField()),
                ('order', models.IntegerField()),
                ('context', models.BigIntegerField()),
                ('path', models.TextField()),
                ('path_id', models.UUIDField()),
                ('field_path', models.TextField()),
                ('string', models.BigIntegerField()),
                ('string_hash', models.UUIDField()),
                ('source', models.TextField()),
                ('attrs', models.TextField()),
                ('wording', models.BigIntegerField(null=True)),
                ('text', models.TextField()),
                ('has_error', models.BooleanField()),
                ('field_error', models.TextField()),
                ('translation_type', models.TextField()),
                ('tool', models.TextField()),
                ('translator', models.BigIntegerField(null=True)),
                ('drafted_at', models.DateTimeField(null=True)),
                ('approved', models.TextField(null=True)),
                ('approved_by', models.BigIntegerField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('old_source', models.TextField()),
                ('old_text', models.TextField()),
                ('was_approved', models.BooleanField()),
                ('stale_since', models.DateTimeField(null=True)),
                ('unsure_from', models.TextField()),
                ('unsure_since', models.DateTimeField(null=True)),
                ('standing', models.TextField(choices=[('missing', 'not translated'), ('needs_review', 'needs review'), ('stale', 'out of date: the source has changed'), ('translated', 'translated, not reviewed'), ('approved', 'reviewed')])),
            ],
            options={
                'verbose_name': 'unit with its texts',
                'verbose_name_plural': 'units with their texts',
                'db_table': 'translation_unitrow',
                'managed': False,
            },
        ),
    ]
