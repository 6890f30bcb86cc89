from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from core.publishing.gate import PublishGate
from core.quotations.checks import passages_of
from core.quotations.passages import first_words
from core.typed import Translatable

CHUNK = 200


class Command(BaseCommand):
    help = (
        "Lists quoted passages on public pages without a quote with consent and without a statement that nobody "
        "private is quoted: published before the publishing check existed, or with a consent that has ended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Exit with status 1 if there are any.")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        passages = objects = 0
        for model in apps.get_models():
            if not issubclass(model, PublishGate):
                continue
            rows = model._base_manager.filter(live=True).select_related("locale").order_by("pk")
            for subject in rows.iterator(chunk_size=CHUNK):
                lines = list(_lines(subject))
                passages += len(lines)
                objects += bool(lines)
                for line in lines:
                    self.stdout.write(line)
        summary = f"{passages} passages in {objects} pages and snippets."
        if check and passages:
            raise CommandError(summary)
        self.stdout.write(summary)


def _lines(subject: Translatable) -> list[str]:
    name = f"{subject._meta.label} {subject.pk} ({subject.locale.language_code}) “{subject}”"
    return [
        f"{name}: {found.paragraph.where}: “{first_words(found.passage)}”"
        for found in passages_of(subject)
        if not found.is_settled
    ]
