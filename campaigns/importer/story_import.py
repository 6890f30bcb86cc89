"""The import of one file: read, compare with earlier imports, recognise, write."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError
from wagtail.models import Locale

from campaigns.importer.draft import StoryDraft
from campaigns.importer.language import language_of
from campaigns.importer.ledger import Decision, decide, record_skip
from campaigns.importer.reader import read_story
from campaigns.importer.recognise import Names, Recognised
from campaigns.importer.text import Source, StoryProblem, read_source
from campaigns.importer.write import write_story
from campaigns.models import ImportStatus, NewsIndexPage, NewsPage, Place


@dataclass(frozen=True)
class Outcome:
    """The result of the import of one file. Without `draft` and `found` the file was skipped or unchanged."""

    path: Path
    decision: Decision
    draft: StoryDraft | None = None
    found: Recognised | None = None
    page: NewsPage | None = None


class StoryImport:
    """An import of files in one language. Raise StoryProblem if the language is unknown or has no list of stories.
    With `dry_run` nothing is written; `encoding` is for files that are not UTF-8; `any_language` accepts texts
    that seem to be in another language."""

    def __init__(
        self, language: str, dry_run: bool = False, encoding: str = "", any_language: bool = False
    ) -> None:
        self.dry_run, self.encoding, self.any_language = dry_run, encoding, any_language
        self.locale = _locale(language)
        index = NewsIndexPage.objects.filter(locale=self.locale).order_by("path").first()
        if index is None:
            raise StoryProblem(f"There is no list of stories in “{language}”. Create one first.")
        self.index: NewsIndexPage = index
        self.names = Names(self.locale)
        self.places = frozenset(name.lower() for name in Place.objects.values_list("name", flat=True))

    def run(self, path: Path) -> Outcome:
        """Import a file, or leave it if it is unchanged or must be skipped, and return the outcome. With `dry_run`
        nothing is written. Raise StoryProblem if it cannot become a story; nothing is written then."""
        source = read_source(path, self.encoding)
        decision = decide(source, self.locale)
        if decision.status == ImportStatus.UNCHANGED:
            return Outcome(path, decision, page=decision.page)
        if decision.status == ImportStatus.SKIPPED:
            if not self.dry_run:
                record_skip(decision)
            return Outcome(path, decision, page=decision.page)
        draft = read_story(source.text, self.places)
        self._ask_about_language(draft)
        draft.doubts[:0] = source.doubts
        draft.left_out += source.left_out
        found = self.names.recognise(draft)
        if self.dry_run:
            return Outcome(path, decision, draft, found)
        try:
            page = write_story(source, draft, found, self.index, decision.entry)
        except IntegrityError as error:
            return self._look_again(source, error)
        except (ValidationError, DatabaseError) as error:
            raise StoryProblem(_in_one_line(error)) from error
        return Outcome(path, decision, draft, found, page)

    def _ask_about_language(self, draft: StoryDraft) -> None:
        """Raise StoryProblem if the text seems to be in another language than that of the import, unless the
        import accepts any language."""
        expected = self.locale.language_code
        body = "\n".join(draft.paragraphs)
        # With the title, because a short text may be recognised only by it; and without, because the title may be
        # in another language.
        codes = [language_of(text, expected) for text in (body, f"{draft.title}\n{body}")]
        code = next((code for code in codes if code != expected), "")
        if not code or self.any_language:
            return
        wanted = self.locale.get_display_name()
        known = dict(settings.LANGUAGES).get(code)
        text = (
            f"the text seems to be in {known}, not in {wanted}"
            if known
            else f"the text seems not to be in {wanted}"
        )
        other = f"with --locale {code}, or " if known else ""
        raise StoryProblem(f"{text}. Import it again {other}with --any-language")

    def _look_again(self, source: Source, error: IntegrityError) -> Outcome:
        """Return the outcome after an IntegrityError: unchanged, if another import has written the same story
        meanwhile. Raise StoryProblem otherwise. The list of stories is fetched again."""
        self.index = NewsIndexPage.objects.get(pk=self.index.pk)
        decision = decide(source, self.locale)
        if decision.status != ImportStatus.UNCHANGED:
            raise StoryProblem("another change was saved at the same time: run the import again") from error
        return Outcome(source.path, decision, page=decision.page)


def _locale(language: str) -> Locale:
    """Return the locale of a language code. Raise StoryProblem, which names the languages of the site, if there is
    none."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    if language not in locales:
        raise StoryProblem(f"There is no language “{language}”; the site has {', '.join(sorted(locales))}.")
    return locales[language]


def _in_one_line(error: ValidationError | DatabaseError) -> str:
    messages = error.messages if isinstance(error, ValidationError) else [str(error)]
    return " ".join(" ".join(messages).split())
