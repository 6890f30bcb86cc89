from django.db import migrations, models
from django.db.models import OuterRef, Subquery

MODELS = ["ContentPage", "HomePage", "ResourceIndexPage", "ResourcePage", "SectionPage"]


def note_originals(apps, schema_editor):
    """No page that is there already counts as a copy; one that is made of it does."""
    keys = apps.get_model("wagtailcore", "Page").objects.filter(pk=OuterRef("pk")).values("translation_key")
    for name in MODELS:
        apps.get_model("home", name).objects.update(content_key=Subquery(keys))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_helplines"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="content_key",
                field=models.UUIDField(editable=False, null=True),
            )
            for name in MODELS
        ),
        migrations.RunPython(note_originals, migrations.RunPython.noop),
    ]
