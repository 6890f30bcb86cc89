import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0019_recordings"),
        ("campaigns", "0010_copies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Its table is there: the model stood in campaigns before.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CopiedPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(verbose_name="copy")),
                        ("digest", models.CharField(max_length=64, verbose_name="digest of the part")),
                        ("source", models.CharField(max_length=255, verbose_name="taken over from")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part taken over by a copy",
                        "verbose_name_plural": "parts taken over by copies",
                        "db_table": "campaigns_copiedpart",
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "digest"), name="copied_part_once")
                        ],
                    },
                ),
            ]
        ),
    ]
