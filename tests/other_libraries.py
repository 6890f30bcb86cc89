"""What the code uses of other libraries that their documentation does not promise: found in the source, so that
tests can say where it may stand and that it still exists."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.documented_names import DJANGO, WAGTAIL

ROOT = Path(__file__).resolve().parent.parent
# What Django documents, although it looks private.
PUBLIC = {"_meta", "_base_manager", "_default_manager", "_state", "_open", "_save"}


@dataclass(frozen=True)
class Library:
    """`adapter` is the only folder that may use what is not documented, `documented` the modules with their names
    that are documented; an empty set stands for all of them."""

    adapter: str
    documented: dict[str, set[str]]


LIBRARIES = {
    # The reference in its folder docs/ref/.
    "wagtail_localize": Library(
        "translation/localize",
        {
            "wagtail_localize.fields": set(),
            "wagtail_localize.strings": set(),
            "wagtail_localize.segments.extract": set(),
            "wagtail_localize.segments.ingest": set(),
            "wagtail_localize.segments.types": set(),
            "wagtail_localize.synctree": set(),
            "wagtail_localize.models": {
                "LocaleSynchronization",
                "OverridableSegment",
                "RelatedObjectSegment",
                "SegmentOverride",
                "String",
                "StringSegment",
                "StringTranslation",
                "Template",
                "TemplateSegment",
                "TranslatableObject",
                "Translation",
                "TranslationContext",
                "TranslationLog",
                "TranslationSource",
            },
        },
    ),
    # docs/indexing.md, docs/searching.md, and docs/backends.md, which names the module with the interface.
    "modelsearch": Library(
        "core/internals/modelsearch",
        {
            "modelsearch.backends.base": set(),
            "modelsearch.index": {"AutocompleteField", "FilterField", "Indexed", "RelatedFields", "SearchField"},
            "modelsearch.query": set(),
            "modelsearch.queryset": {"SearchableQuerySetMixin"},
            "modelsearch.utils": {"parse_query_string"},
        },
    ),
    "wagtail": Library("core/internals", {module: set(names.split()) for module, names in WAGTAIL.items()}),
    "django": Library("core/internals", {module: set(names.split()) for module, names in DJANGO.items()}),
}
# Attributes without an underscore that Django does not document either.
INSIDES = {"get_compiler", "ops", "run_on_commit", "sql_with_params"}
# Private methods that are overridden where the rest of their class stands.
OVERRIDDEN = {
    "_action_from_data": "core/publishing/admin_api.py: the admin's API acts through the publishing gate",
    "_get_action_menu": "core/editing/views.py: an autosave draws no buttons",
    "_check_slug_is_unique": "campaigns/models/campaign.py: the slug of an edition is its year",
    "_post_clean": "core/admin/page_form.py: the place of a new page is checked once the page is filled",
}
# Private names of libraries that have no adapter.
WITHOUT_ADAPTER = {
    "_Element": "lxml has no other name for the type of an element",
    "_create_session": "of django-storages, from which core/media/bucket.py derives its storage",
    "_normalize_name": "of django-storages, too",
}


def undocumented(source: str, name: str) -> set[str]:
    """Return the full names that a module uses of the library `name` and that are not documented: what it imports,
    private attributes of that, and private methods that it overrides."""
    tree = ast.parse(source)
    imported = dict(_imported(tree, name))
    documented = LIBRARIES[name].documented
    found = {path for path in imported.values() if not _is_documented(path, documented)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and isinstance(node.value, ast.Name):
            if node.value.id in imported:
                found.add(f"{imported[node.value.id]}.{node.attr}")
        elif isinstance(node, ast.ClassDef):
            bases = [
                imported[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in imported
            ]
            methods = [
                each.name for each in node.body if isinstance(each, ast.FunctionDef) and is_private(each.name)
            ]
            found |= {f"{base}.{method}" for base in bases for method in methods if _has(base, method)}
    return found


def private_attributes(source: str) -> set[str]:
    """Return the private names of attributes that a module reads or sets, of whatever object, and those of
    `INSIDES`."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "hasattr", "setattr"):
            names |= {str(each.value) for each in node.args[1:2] if isinstance(each, ast.Constant)}
    return {name for name in names if is_private(name) or name in INSIDES}


def defined(source: str) -> set[str]:
    """Return the names that a module gives to functions, classes, variables and attributes."""
    tree = ast.parse(source)
    named = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    stored = [each for each in ast.walk(tree) if isinstance(getattr(each, "ctx", None), ast.Store)]
    variables = {each.id for each in stored if isinstance(each, ast.Name)}
    return named | variables | {each.attr for each in stored if isinstance(each, ast.Attribute)}


def in_adapter(name: str) -> set[str]:
    """Return what the adapter of the library `name` uses of it and that is not documented."""
    files = (ROOT / LIBRARIES[name].adapter).rglob("*.py")
    return {path for file in files for path in undocumented(file.read_text(), name)}


def _imported(tree: ast.AST, library: str) -> Iterator[tuple[str, str]]:
    """Yield the names under which a module knows something of the library, with its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((each.asname or each.name, each.name) for each in node.names if _of(each.name, library))
        elif isinstance(node, ast.ImportFrom) and not node.level and _of(node.module or "", library):
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def _of(module: str, library: str) -> bool:
    return module.partition(".")[0] == library


def _is_documented(path: str, documented: dict[str, set[str]]) -> bool:
    module, _dot, last = path.rpartition(".")
    return path in documented or (module in documented and (not documented[module] or last in documented[module]))


def _has(base: str, method: str) -> bool:
    """Return whether the class of this full name has the method, which one of the same name overrides."""
    module, _dot, name = base.rpartition(".")
    return method not in OVERRIDDEN and hasattr(getattr(import_module(module), name), method)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and not name.endswith("_") and name not in PUBLIC
