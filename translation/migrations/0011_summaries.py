from django.db import migrations, models
import django.db.models.deletion

WORK = "translation_summaries"


def begin(apps, schema_editor):
    """Make a summary of each translation, which the worker counts."""
    translation = apps.get_model("wagtail_localize", "Translation")
    summary = apps.get_model("translation", "Summary")
    work = apps.get_model("core", "RecordedWork")
    places = list(translation.objects.order_by("pk").values_list("source__object_id", "target_locale_id"))
    rows = [summary(object_key=key, locale_id=locale) for key, locale in dict.fromkeys(places)]
    summary.objects.bulk_create(rows, batch_size=500)
    keys = sorted({str(key) for key, _locale in places})
    work.objects.bulk_create([work(name=WORK, key=key) for key in keys], batch_size=500)


def end(apps, schema_editor):
    apps.get_model("core", "RecordedWork").objects.filter(name=WORK).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0024_stamps"),
        ("translation", "0010_units_filled"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Summary",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("object_key", models.UUIDField(db_index=True, verbose_name="translation key")),
                ("computed_at", models.DateTimeField(editable=False, null=True)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("needs_review", models.PositiveIntegerField(default=0)),
                ("stale", models.PositiveIntegerField(default=0)),
                ("translated", models.PositiveIntegerField(default=0)),
                ("approved", models.PositiveIntegerField(default=0)),
                ("missing_words", models.PositiveIntegerField(default=0)),
                ("needs_review_words", models.PositiveIntegerField(default=0)),
                ("stale_words", models.PositiveIntegerField(default=0)),
                ("translated_words", models.PositiveIntegerField(default=0)),
                ("approved_words", models.PositiveIntegerField(default=0)),
                ("outdated", models.PositiveIntegerField(default=0)),
                ("source_print", models.CharField(blank=True, max_length=64)),
                ("approved_print", models.CharField(blank=True, max_length=64)),
                ("behind_since", models.DateTimeField(null=True)),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "summary of a translation",
                "verbose_name_plural": "summaries of translations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("computed_at", None)), fields=["object_key"], name="summary_to_compute"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("object_key", "locale"), name="one_summary")],
            },
        ),
        migrations.RunPython(begin, end),
    ]
