from django.db import migrations

from home import rights

WAGTAILS_OWN = ("Editors", "Moderators")
WAGTAILS_WORKFLOW = "Moderators approval"


def make_groups(apps, schema_editor):
    """Wagtail's own groups and their workflow leave, where nobody uses them: theirs are not our rights."""
    Group = apps.get_model("auth", "Group")
    rights.make_groups(apps)
    unused = Group.objects.filter(name__in=WAGTAILS_OWN, user__isnull=True)
    if unused.count() == len(WAGTAILS_OWN):
        unused.delete()
        workflows = apps.get_model("wagtailcore", "Workflow").objects
        workflows.filter(name=WAGTAILS_WORKFLOW, workflow_states__isnull=True).delete()
        tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
        for task in tasks.filter(name=WAGTAILS_WORKFLOW, workflow_tasks__isnull=True, task_states__isnull=True):
            task.delete()


def remove_groups(apps, schema_editor):
    """Languages stay. Wagtail's own groups come back without rights: earlier migrations look for them."""
    Group = apps.get_model("auth", "Group")
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=rights.WORKFLOW).delete()
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=rights.TASK):
        task.delete()
    Group.objects.filter(name__in=rights.group_names()).delete()
    for name in WAGTAILS_OWN:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("campaigns", "0002_ties"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
