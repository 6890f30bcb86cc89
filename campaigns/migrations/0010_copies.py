from django.db import migrations, models
from django.db.models import OuterRef, Subquery

MODELS = ["CampaignIndexPage", "CampaignPage", "NewsIndexPage", "NewsPage", "ProjectPage"]


def note_originals(apps, schema_editor):
    """No page that is there already counts as a copy; one that is made of it does."""
    keys = apps.get_model("wagtailcore", "Page").objects.filter(pk=OuterRef("pk")).values("translation_key")
    for name in MODELS:
        apps.get_model("campaigns", name).objects.update(content_key=Subquery(keys))


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_guessed_quotes"),
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
        # The table stays: core.0020 takes the model over.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="CopiedPart")]),
    ]
