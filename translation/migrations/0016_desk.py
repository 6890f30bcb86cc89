import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("translation", "0015_machine_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_key", models.UUIDField(db_index=True, verbose_name="translation key")),
                ("path", models.TextField(verbose_name="place")),
                ("path_id", models.UUIDField(editable=False)),
                ("string_hash", models.UUIDField(editable=False)),
                ("source", models.TextField(verbose_name="source text")),
                ("text", models.TextField(verbose_name="text")),
                ("tool", models.CharField(blank=True, max_length=255, verbose_name="tool")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="translated by",
                    ),
                ),
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
                "verbose_name": "earlier text of a string",
                "verbose_name_plural": "earlier texts of strings",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["object_key", "locale", "path_id"], name="unit_versions")],
            },
        ),
        migrations.CreateModel(
            name="UnitVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(max_length=60, verbose_name="string")),
                ("seen_at", models.DateTimeField(auto_now=True, verbose_name="last seen at")),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtail_localize.translation",
                        verbose_name="translation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "presence at the desk",
                "verbose_name_plural": "presences at the desk",
                "constraints": [
                    models.UniqueConstraint(fields=("translation", "user"), name="one_visit_of_a_translation")
                ],
            },
        ),
    ]
