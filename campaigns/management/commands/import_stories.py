from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from campaigns.importer.report import report
from campaigns.importer.run import StoryImport
from campaigns.importer.text import StoryProblem


class Command(BaseCommand):
    help = "Makes a draft of each plain-text story, and reports what was recognised in it and what was left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a text file, or a folder of *.txt"
        )
        parser.add_argument("--locale", default="en", help="the language of the stories (en)")
        parser.add_argument("--dry-run", action="store_true", help="reports, and writes nothing")

    def handle(self, *args, paths: list[Path], locale: str, dry_run: bool, **options) -> None:
        try:
            importer = StoryImport(locale, dry_run)
        except StoryProblem as problem:
            raise CommandError(str(problem)) from problem
        files = list(dict.fromkeys(file for path in map(Path, paths) for file in _files(path)))
        if not files:
            raise CommandError("There is no *.txt to import.")
        problems = []
        for file in files:
            try:
                outcome = importer.run(file)
            except StoryProblem as problem:
                problems.append(f"{file}: {problem}")
                if len(files) > 1:
                    self.stderr.write(problems[-1])
                continue
            self.stdout.write("\n".join(report(outcome, dry_run)))
        if problems:
            raise CommandError(
                problems[0] if len(files) == 1 else f"{len(problems)} of {len(files)} files were not imported."
            )


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(path.glob("*.txt"))
    else:
        yield path
