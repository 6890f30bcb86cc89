from django.db import migrations

WORKFLOW = "Review of a translation"
TASK = "Review in the language"


def make_workflow(apps, schema_editor):
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="translation", model="languagereviewtask"
    )
    task, _created = apps.get_model("translation", "LanguageReviewTask").objects.get_or_create(
        name=TASK, defaults={"content_type_id": kind.pk}
    )
    workflow, _created = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow_id=workflow.pk, task_id=task.pk, defaults={"sort_order": 0}
    )


def remove_workflow(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("translation", "LanguageReviewTask").objects.filter(name=TASK).delete()


class Migration(migrations.Migration):
    dependencies = [("translation", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make_workflow, remove_workflow)]
