"""Documents name only what exists: links, headings, make targets, management commands and paths. Each rule is a
function from a text to its findings, and is tried on a bad sample, so that it cannot fall silent."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

# A path in backticks has a slash or ends like a file. These are made on the machine that runs the site.
MADE_LATER = ("var/", ".venv", ".env", "tests/node_modules")
SUFFIXES = "cfg|conf|css|example|html|js|json|mjs|md|po|py|sh|svg|template|toml|ttf|txt|webp|woff2|yaml|yml"
# What other projects bring, or what stands for any name.
NOT_OURS = {"django.po", "fullchain.pem", "privkey.pem", "db.sqlite3", "security.txt", "manifest.json"}

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_MAKE = re.compile(r"(?:^|[`(;&])\s*(?:[A-Z_]+=\S+ +)*make +(?:[A-Z_]+=\S+ +)*([a-z][a-z-]*)", re.MULTILINE)
_COMMAND = re.compile(r"manage\.py +([a-z_]+)")
_MODULE = re.compile(r"(?:core|campaigns|home|search|translation|site_cms)(?:\.\w+)+")


@cache
def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def wrong_links(text: str, folder: Path) -> list[str]:
    found = []
    for link in _LINK.findall(_BLOCK.sub("", text)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _hash, anchor = link.partition("#")
        target = folder / path if path else None
        if target and not target.exists():
            found.append(f"link to {link}")
        elif anchor and anchor not in anchors(target.read_text() if target else text):
            found.append(f"link to a heading that is not there: {link}")
    return found


def wrong_targets(text: str) -> list[str]:
    """Only where it is code: “make one first” is not."""
    code = "\n".join([*_BLOCK.findall(text), *(f"`{each}`" for each in _CODE.findall(_BLOCK.sub("", text)))])
    return [f"make {name}" for name in _MAKE.findall(code) if name not in targets()]


def wrong_commands(text: str) -> list[str]:
    return [f"manage.py {name}" for name in _COMMAND.findall(text) if name not in get_commands()]


def wrong_paths(text: str, folder: Path) -> list[str]:
    """Of paths in backticks: with a slash, or with the ending of a file. They begin at the root, at the document,
    or at a folder that the heading above them names."""
    found, named = [], []
    for line in _BLOCK.sub("", text).splitlines():
        if line.startswith("#"):
            named = [ROOT / each for each in _CODE.findall(line) if each.endswith("/")]
        bases = [ROOT, folder, ROOT / "templates", *ROOT.glob("*/templates"), *named]
        paths = filter(_looks_like_path, _CODE.findall(line))
        found += [each for each in paths if not any(_exists(base / each) for base in bases)]
    return found


def _looks_like_path(code: str) -> bool:
    """An address of the site begins with a slash, a rate with a digit; a method has no such ending."""
    if not re.fullmatch(r"[\w.-][\w.\-/*]*", code) or code[0].isdigit():
        return False
    if code in NOT_OURS or code.startswith(MADE_LATER):
        return False
    return "/" in code or bool(re.search(rf"\.(?:{SUFFIXES})$", code))


def _exists(path: Path) -> bool:
    return any(path.parent.glob(path.name)) if "*" in path.name else path.exists()


def wrong_modules(text: str) -> list[str]:
    """Of dotted names in backticks: a module, and of a name in it the name."""
    return [
        code
        for code in _CODE.findall(_BLOCK.sub("", text))
        if _MODULE.fullmatch(_bare(code)) and not _is_there(_bare(code))
    ]


def _bare(code: str) -> str:
    return code.partition("(")[0]


def _is_there(name: str) -> bool:
    """Whether the module is there and has the rest of the name in its text, or the app has such a migration, model
    or system check. Nothing is imported."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:end])
        source = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        if source.is_file():
            rest = parts[end:]
            return all(re.search(rf"\b{part}\b", source.read_text()) for part in rest) or _in_app(*parts[:2])
    return False


def _in_app(app: str, name: str) -> bool:
    if (ROOT / app / "migrations" / f"{name}.py").is_file():
        return True
    named = re.compile(rf"^class {name}\b|[\"']{app}\.{name}[\"']", re.MULTILINE | re.IGNORECASE)
    return any(named.search(path.read_text()) for path in (ROOT / app).rglob("*.py"))


def findings(text: str, folder: Path) -> list[str]:
    return [
        *wrong_links(text, folder),
        *wrong_targets(text),
        *wrong_commands(text),
        *wrong_paths(text, folder),
        *wrong_modules(text),
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents__name_what_exists(document: Path):
    assert findings(document.read_text(), document.parent) == []


def test_documents__are_found():
    names = {path.name for path in DOCUMENTS}

    assert {"README.md", "CONTRIBUTING.md", "architecture.md", "editors.md", "operations.md"} <= names


def test_environment__is_described_for_operators():
    settings = "".join(path.read_text() for path in (ROOT / "site_cms" / "settings").glob("*.py"))
    described = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))
    read = set(re.findall(r"""\benv(?:\.\w+)?\(\s*["']([A-Z_]+)["']""", settings))

    assert "SECRET_KEY" in read
    assert read - described == set()


@pytest.mark.parametrize(
    "text",
    [
        "[read on](docs/nowhere.md)",
        "![a picture](docs/nothing.webp)",
        "[a part](#not-there)\n\n# There",
        "[a part](docs/editors.md#not-there)",
        "run `make nonsense`",
        "```\nmake nonsense PORT=1\n```",
        "`PORT=8001 make nonsense`",
        "`manage.py nonsense`",
        "```\n.venv/bin/python manage.py nonsense --dry-run\n```",
        "the code in `core/nonsense/`",
        "the code in `nonsense.py`",
        "a module in `campaigns/importer/nonsense.py`",
        "`deploy/systemd/*.nonsense`",
        "## The importer (`campaigns/importer/`)\n\n`write.py`\n\n## The rest\n\n`write.py`",
        "`core.nonsense.register`",
        "`core.work.nonsense()`",
        "`home.0099_nonsense`",
    ],
)
def test_what_does_not_exist__is_found(text: str):
    assert len(findings(text, ROOT)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[read on](docs/editors.md#sign-in) and [elsewhere](https://wagtail.org/nothing.md)",
        "![a picture](docs/story.webp)",
        "[a part](#it-is-there)\n\n## It is *there*",
        "make sure, and `make test`; `PORT=8001 make demo` and\n```\nmake backup TO=/mnt\n```",
        "`manage.py load_demo` and `python manage.py migrate --plan`",
        "`core/work.py`, `core/publishing/`, `base.html`, `.env.example`, `deploy/systemd/*.timer`",
        "## The importer (`campaigns/importer/`)\n\n`write.py` and `campaigns/cards.py`",
        "made later: `var/backups`, `.venv/bin/pytest`; an address: `/api/v2/`; a value: `1/2`, `300/min`",
        "`core.work.register()`, `home.0003_helplines`, `core.RecordedWork`, `Publication.people`",
        "```\nls core/nonsense.py\n```",
    ],
)
def test_what_exists__is_left_alone(text: str):
    assert findings(text, ROOT) == []


def test_table_of_tests__names_each_file_once():
    rows = re.findall(r"^\| .* \| (.*) \|$", (ROOT / "docs/tests.md").read_text(), re.MULTILINE)
    named = [path for row in rows for pattern in _CODE.findall(row) for path in ROOT.glob(pattern)]
    assert sorted(named) == sorted((ROOT / "tests").rglob("test_*.py"))
