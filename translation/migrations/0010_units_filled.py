from django.db import migrations, models

PLACE = "object_key, locale_id, path_id, string_hash"
FILL = f"""
INSERT INTO translation_unit (
    {PLACE}, path, source, approved_text, approved_by_id, approved_at, kept_by_id, kept_at,
    old_source, old_text, was_approved, stale_since, unsure_from, unsure_since
)
SELECT
    place.object_key, place.locale_id, place.path_id, place.string_hash, place.path,
    COALESCE(wording.source, ''), COALESCE(wording.text, ''),
    wording.approved_by_id, wording.approved_at, wording.kept_by_id, wording.kept_at,
    COALESCE(mark.old_source, ''), COALESCE(mark.old_text, ''), COALESCE(mark.was_approved, FALSE), mark.since,
    COALESCE(unsure.tool, ''), unsure.since
FROM (
    SELECT {PLACE}, MIN(path) AS path FROM (
        SELECT {PLACE}, path FROM translation_approvedwording
        UNION ALL SELECT {PLACE}, path FROM translation_stalemark
        UNION ALL SELECT {PLACE}, path FROM translation_needsreview
    ) AS known GROUP BY {PLACE}
) AS place
LEFT JOIN translation_approvedwording AS wording ON {{wording}}
LEFT JOIN translation_stalemark AS mark ON {{mark}}
LEFT JOIN translation_needsreview AS unsure ON {{unsure}}
ORDER BY wording.id
""".format(
    **{
        name: " AND ".join(f"{name}.{column} = place.{column}" for column in PLACE.split(", "))
        for name in ("wording", "mark", "unsure")
    }
)
EMPTY = [f"DELETE FROM translation_{table}" for table in ("approvedwording", "stalemark", "needsreview")]
BACK = [
    *EMPTY,
    f"""
    INSERT INTO translation_approvedwording (
        {PLACE}, path, source, text, approved_by_id, approved_at, kept_by_id, kept_at
    )
    SELECT {PLACE}, path, source, approved_text, approved_by_id, approved_at, kept_by_id, kept_at
    FROM translation_unit WHERE approved_at IS NOT NULL ORDER BY id
    """,
    f"""
    INSERT INTO translation_stalemark ({PLACE}, path, old_source, old_text, was_approved, since)
    SELECT {PLACE}, path, old_source, old_text, was_approved, stale_since
    FROM translation_unit WHERE stale_since IS NOT NULL ORDER BY id
    """,
    f"""
    INSERT INTO translation_needsreview ({PLACE}, path, tool, since)
    SELECT {PLACE}, path, unsure_from, unsure_since
    FROM translation_unit WHERE unsure_since IS NOT NULL ORDER BY id
    """,
    "DELETE FROM translation_unit",
]
# Two that wait for one object and language could not be submitted, but nothing has kept them out.
WITHDRAW = """
UPDATE translation_review SET status = 'withdrawn'
WHERE status = 'waiting' AND EXISTS (
    SELECT 1 FROM translation_review AS newer
    WHERE newer.status = 'waiting' AND newer.object_key = translation_review.object_key
    AND newer.locale_id = translation_review.locale_id AND newer.id > translation_review.id
)
"""


class Migration(migrations.Migration):
    """Fill the units from the three tables that they replace. These stay as they are for the processes of the
    release before, which read them until they have been replaced themselves."""

    dependencies = [
        ("translation", "0009_units"),
    ]

    operations = [
        migrations.RunSQL(FILL, BACK),
        migrations.RunSQL(WITHDRAW, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "waiting")),
                fields=("object_key", "locale"),
                name="one_waiting_review",
            ),
        ),
    ]
