"""Management command that imports stories from text files."""

import codecs
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.importer.report import report
from campaigns.importer.story_import import StoryImport
from campaigns.importer.text import StoryProblem


class Command(BaseCommand):
    help = "Imports plain-text stories as drafts, and reports what was recognised and what was left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a text file, or a folder of *.txt"
        )
        parser.add_argument("--locale", default="en", help="the language of the stories (en)")
        parser.add_argument(
            "--encoding",
            default=None,
            type=_encoding,
            help="encoding of files that are not in UTF-8, such as windows-1251",
        )
        parser.add_argument(
            "--any-language",
            action="store_true",
            help="also import texts that seem to be in another language than --locale",
        )
        parser.add_argument("--dry-run", action="store_true", help="report without writing anything")

    def handle(
        self,
        *args: Any,
        paths: list[Path],
        locale: str,
        dry_run: bool,
        encoding: str | None = None,
        any_language: bool = False,
        **options: Any,
    ) -> None:
        try:
            importer = StoryImport(locale, dry_run, encoding or "", any_language)
        except StoryProblem as problem:
            raise CommandError(str(problem)) from problem
        files = list(dict.fromkeys(file for path in map(Path, paths) for file in _files(path)))
        stories = [file for file in files if file.suffix.lower() == ".txt" or file in map(Path, paths)]
        if not stories:
            raise CommandError("No *.txt file to import.")
        for file in files:
            if file not in stories:
                self.stdout.write(f"{file}: skipped, not a *.txt file")
        problems = self._import(importer, stories, dry_run)
        if problems:
            raise CommandError(
                problems[0] if len(stories) == 1 else f"{len(problems)} of {len(stories)} files were not imported."
            )

    def _import(self, importer: StoryImport, stories: list[Path], dry_run: bool) -> list[str]:
        """Import the files, print the report on each, and return the errors, one line for each file that was not
        imported. If there are several files, errors are also printed at once."""
        problems = []
        for file in stories:
            try:
                outcome = importer.run(file)
            except StoryProblem as problem:
                problems.append(f"{file}: {problem}")
                if len(stories) > 1:
                    self.stderr.write(problems[-1])
                continue
            self.stdout.write("\n".join(report(outcome, dry_run)))
        return problems


def _files(path: Path) -> Iterator[Path]:
    """Yield the file itself, whether it exists or not, or, for a folder, the files in it and its subfolders,
    sorted, without hidden and temporary ones."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).parts
        if file.is_file() and not any(part.startswith((".", "__MACOSX", "~$")) for part in inside):
            yield file


def _encoding(name: str) -> str:
    """Return Python's name of an encoding. Raise ArgumentTypeError if it is unknown."""
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise ArgumentTypeError(f"there is no encoding “{name}”") from error
