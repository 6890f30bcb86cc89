"""Note who has written the texts that are approved, as far as reviews say so: equal strings may get them proposed."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import migrations

BATCH = 1_000


def note_authors(apps, schema_editor):
    Review, Unit, UnitAuthor = (apps.get_model("translation", name) for name in ("Review", "Unit", "UnitAuthor"))
    people = set(apps.get_model(settings.AUTH_USER_MODEL).objects.values_list("pk", flat=True))
    reviews = Review.objects.filter(status="approved").order_by("pk")
    rows = []
    for review in reviews.only("object_key", "locale_id", "wordings").iterator(chunk_size=100):
        units = Unit.objects.filter(object_key=review.object_key, locale_id=review.locale_id, approved_at__isnull=False)
        approved = {(str(unit.path_id), str(unit.string_hash)): unit.approved_text for unit in units}
        rows += [
            UnitAuthor(
                object_key=review.object_key,
                locale_id=review.locale_id,
                path=each["path"],
                path_id=UUID(each["path_id"]),
                string_hash=UUID(each["hash"]),
                text_hash=uuid5(NAMESPACE_URL, each["text"]),
                user_id=each["by"],
            )
            for each in review.wordings
            if each.get("by") in people and approved.get((each["path_id"], each["hash"])) == each["text"]
        ]
        if len(rows) >= BATCH:
            UnitAuthor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
            rows = []
    UnitAuthor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0018_one_submission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(note_authors, migrations.RunPython.noop, elidable=True)]
