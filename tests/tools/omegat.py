"""What OmegaT makes of the files of this site, and this site of OmegaT's: `make test-omegat`.

Loads the demo into a database of its own, and lets OmegaT translate its XLIFF and PO files, in its console mode,
with nothing but the exported TMX files as memory. OmegaT has to fill at least 95 % of the strings that these hold,
and what it writes has to import whole: each string is known here, and none fails a check."""

import os
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = Path(tempfile.mkdtemp(prefix="omegat-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/db.sqlite3")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from wagtail_localize.models import StringTranslation, Translation  # noqa: E402

from translation.exchange import po, tmx, xliff  # noqa: E402
from translation.exchange.lost import identified  # noqa: E402
from translation.exchange.plan import Outcome, plan_of  # noqa: E402
from translation.exchange.records import InFile, OutFile  # noqa: E402
from translation.exchange.strings import files_of  # noqa: E402

LANGUAGE = "ru"
WANTED = 0.95
SECONDS = 600
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><source_dir_excludes><mask>**/.svn/**</mask></source_dir_excludes>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>en</source_lang><target_lang>{language}</target_lang>
<source_tok>org.omegat.tokenizer.LuceneEnglishTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>{by_sentence}</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags><external_command></external_command>
</project></omegat>
"""


def exported() -> tuple[list[OutFile], list[OutFile]]:
    """Return the demo's translations with their texts, and as they would be exported without any."""
    translations = Translation.objects.filter(target_locale__language_code=LANGUAGE, enabled=True).select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )
    full = files_of(translations)
    StringTranslation.objects.filter(locale__language_code=LANGUAGE).delete()
    return full, files_of(translations, open_only=True)


def project(name: str, memory: list[OutFile], files: list[OutFile], by_sentence: bool) -> Path:
    """Write a project of OmegaT with the files, and the TMX files as memory whose equal sentences it fills in."""
    home = FOLDER / name
    for folder in ("source", "target", "omegat", "tm/auto", "glossary", "dictionary"):
        (home / folder).mkdir(parents=True)
    (home / "omegat.project").write_text(PROJECT.format(language=LANGUAGE, by_sentence=str(by_sentence).lower()))
    for number, file in enumerate(memory):
        (home / f"tm/auto/{number}.tmx").write_bytes(tmx.write(file))
    for number, file in enumerate(files):
        (home / f"source/{number}.xlf").write_bytes(xliff.write(file))
        (home / f"source/{number}.po").write_bytes(po.write(file))
    return home


def translated(home: Path) -> list[InFile]:
    """Let OmegaT write the target files of a project, and return what they hold."""
    command = ["omegat", str(home), "--mode=console-translate", f"--config-dir={FOLDER}/config"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        sys.exit(f"OmegaT has failed:\n{done.stdout}\n{done.stderr}")
    read = []
    for path in sorted((home / "target").iterdir()):
        reader = po.read if path.suffix == ".po" else xliff.read
        read += reader(path.name, path.read_bytes())
    return identified(read)


def texts(files: list[OutFile]) -> dict[tuple[str, str, str], str]:
    """Return the texts of exported files by translation, path and string; not those that are their source, which
    look the same whether they are filled or not."""
    return {
        (str(file.translation), str(unit.path_id), str(unit.string_hash)): unit.text
        for file in files
        for unit in file.units
        if unit.text and unit.text != unit.source
    }


def judged(name: str, memory: list[OutFile], files: list[InFile], user: User) -> bool:
    """Print what OmegaT has filled and what would be imported, and return whether that is enough."""
    held = texts(memory)
    good = True
    for format in ("xliff", "po"):
        of_format = [file for file in files if file.format == format]
        wanted = {key for file in of_format for unit in file.units if (key := key_of(file, unit)) in held}
        filled = {
            key
            for file in of_format
            for unit in file.units
            if (key := key_of(file, unit)) in held and unit.target.strip() not in ("", unit.source)
        }
        equal = sum(unit.target == held.get(key_of(file, unit)) for file in of_format for unit in file.units)
        plan = plan_of(of_format, user)
        bad = [line for line in plan.lines if line.outcome in (Outcome.FAILED, Outcome.UNKNOWN, Outcome.KEPT)]
        share = len(filled) / max(len(wanted), 1)
        good = good and share >= WANTED and not bad
        print(
            f"{name}, {format}: {len(filled)} of {len(wanted)} strings filled ({share:.1%}), "
            f"{equal} as in the memory; imported: {len(plan.lines) - len(bad)} of {len(plan.lines)}"
        )
        for line in bad[:5]:
            print(f"  {line.outcome}: {line.source[:80]}: {' '.join(each.message for each in line.findings)}")
        for key in sorted(wanted - filled)[:5]:
            print(f"  not filled: {held[key][:80]}")
    return good


def key_of(file: InFile, unit) -> tuple[str, str, str]:
    return file.translation, unit.path_id, unit.string_hash


def main() -> None:
    if not shutil.which("omegat"):
        sys.exit("OmegaT is not installed: apt-get install --no-install-recommends omegat")
    try:
        settings.MEDIA_ROOT = str(FOLDER / "media")
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0, stdout=StringIO())
        user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("omegat")
        memory, files = exported()
        good = [
            judged(name, memory, translated(project(name, memory, files, by_sentence)), user)
            for name, by_sentence in (("by-paragraph", False), ("by-sentence", True))
        ]
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    if not all(good):
        sys.exit(1)


if __name__ == "__main__":
    main()
