import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# Of the pages that expire at some time, which every public page asks for. Of Wagtail's table, as in 0004.
EXPIRES = models.Index(fields=["expire_at"], condition=Q(expire_at__isnull=False), name="core_page_expires")


def add(apps, schema_editor):
    schema_editor.add_index(apps.get_model("wagtailcore", "Page"), EXPIRES)


def remove(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("wagtailcore", "Page"), EXPIRES)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_file_metadata"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedPage",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RunPython(add, remove),
    ]
