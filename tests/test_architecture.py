"""The rules of the house that a machine can read. Each rule is a function from a source to its findings, and
is tried on a bad sample, so that it cannot fall silent."""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.other_libraries import INSIDES, LIBRARIES, WITHOUT_ADAPTER, defined, private_attributes, undocumented

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "site_cms": {"search", "home", "translation", "campaigns", "core"},
    "search": {"campaigns", "core"},
    "home": {"campaigns", "core"},
    "translation": {"campaigns", "core"},
    "campaigns": {"core"},
    "core": set(),
}
# The packages and loose modules of an app from top to bottom: each imports only what stands below it.
ORDER = {
    "core": [
        "migrations",
        "apps",
        "wagtail_hooks",
        "receivers",
        "management",
        "templatetags",
        "warm_up",
        "checks",
        "models",
        "admin",
        "blocks",
        "backup",
        "accounts",
        "second_factor",
        "throttling",
        "audit",
        "logs",
        "health",
        "spreadsheets",
        "uploads",
        "trash",
        "seo",
        "publishing",
        "copies",
        "links",
        "mail",
        "media",
        "helplines",
        "consent",
        "quotations",
        "rules",
        "references",
        "editing",
        "addresses",
        "http",
        "findings",
        "design",
        "page_context",
        "visibility",
        "sensitivity",
        "journal",
        "metadata",
        "rights",
        "times",
        "stamps",
        "work",
        "closed",
        "periodic",
        "query_planning",
        "drafts_drawn",
        "outages",
        "formats",
        "languages",
        "prepared",
        "whole_files",
        "child_rows",
        "internals",
        "context",
        "typed",
    ],
    "campaigns": [
        "migrations",
        "apps",
        "urls",
        "wagtail_hooks",
        "management",
        "templatetags",
        "calendars",
        "feeds",
        "structured",
        "context",
        "withdrawing",
        "deletion",
        "reach",
        "material",
        "listing",
        "listings",
        "kinds",
        "admin",
        "importer",
        "portraits",
        "editions",
        "drawing",
        "models",
        "edition_form",
        "quote_form",
        "blocks",
        "cards",
        "querysets",
        "years",
    ],
    "translation": [
        "migrations",
        "apps",
        "wagtail_hooks",
        "receivers",
        "management",
        "templatetags",
        "consistency",
        "leaving",
        "withdrawing",
        "outdated_notice",
        "gate",
        "guard",
        "lifecycle",
        "launch",
        "progress",
        "board",
        "desk",
        "exchange",
        "review",
        "sending",
        "alt_texts",
        "machine",
        "memory",
        "checks",
        "glossary",
        "sync",
        "notices",
        "access",
        "campaign_contents",
        "units",
        "models",
        "localize",
        "links",
        "withheld",
        "plain",
        "control_characters",
        "named_view",
    ],
}
OURS = {*MAY_IMPORT, "tests"}
TOP_LEVEL_CODE = {*OURS, "manage.py", "gunicorn.conf.py"}
PROJECT_PACKAGE = {"__init__.py", "settings", "urls.py", "wsgi.py", "locale", "library_locale"}
ELSEWHERE = {"var", "node_modules", "__pycache__"}
LONGEST_FUNCTION = 50
# Modules that import inside functions, beside `AppConfig.ready()`.
LATE_IMPORTS = {
    "search/backends/__init__.py": "each database's own driver and statements",
    "translation/review/finish.py": "named in the settings, which Wagtail reads before there are models",
}

# Modules that name models in strings.
LOOKED_UP = {
    "home/rights.py": "migrations call it with the models of their time",
    "translation/access/groups.py": "migrations call it with the models of their time",
}

# What a public template must not hold, and why. The admin's templates are another matter.
FORBIDDEN_IN_TEMPLATES = {
    "draws a stream or a block outside include_block, which shows nothing": (
        r"{{\s*(?:[\w.]+\.)?body\s*(?:\||}})|{{\s*(?:[\w.]+\.)?block\s*(?:\||}})"
    ),
    "asks for the reader": r"\b(?:request\.user|request\.session|csrf_token|wagtailuserbar|perms)\b",
    "asks for messages or the reader": r"{[{%][^}]*\b(?:messages|user)\b",
    "asks the database": (
        r"{[{%][^}]*\.(?:specific|objects|all|filter|exclude|get_children|get_parent|get_ancestors"
        r"|get_descendants|get_siblings)\b"
    ),
    "has an inline style": r"\bstyle\s*=|<style\b",
    "has an inline script": (
        r"<script\b(?![^>]*\b(?:src\s*=|type=\"application/(?:ld\+)?json\"))|\son[a-z]+\s*=\s*[\"']|javascript:"
    ),
    "loads from another host": r"(?:\bsrc(?:set)?|<link\b[^>]*\bhref)\s*=\s*[\"'](?:https?:)?//",
    "has a form that is not GET": r"\bmethod\s*=\s*[\"']?post\b",
    "caches a fragment": r"{%\s*(?:cache|wagtailcache|wagtailpagecache)\b",
}


def _code() -> Iterator[Path]:
    for name in sorted(TOP_LEVEL_CODE):
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def _own(paths: Iterator[Path]) -> list[Path]:
    return [path for path in paths if not ELSEWHERE & set(path.relative_to(ROOT).parts)]


def _imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in {"import_module", "import_string", "__import__"}:
                yield node.lineno, str(node.args[0].value)


def wrong_imports(package: str, source: str) -> list[str]:
    allowed = {package, *MAY_IMPORT.get(package, OURS)}
    return [
        f"line {line}: {package} must not import {module}"
        for line, module in _imported(ast.parse(source))
        if module.partition(".")[0] in OURS - allowed
    ]


def too_long(source: str) -> list[str]:
    findings = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                findings.append(f"line {node.lineno}: {node.name} has {length} lines")
    return findings


def imports(sources: dict[Path, str]) -> dict[str, set[str]]:
    """Return for each module those that it imports, functions included. What is imported for the type checker
    alone does not count."""
    packages = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sources}
    names = {name.removesuffix(".__init__"): name for name in packages}
    return {
        name: _imported_modules(sources[packages[file]], file.rpartition(".")[0], names.keys()) - {name}
        for name, file in names.items()
    }


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return a group of modules that import each other, if there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [sorted(set(error.args[1]))]
    return []


def against_order(app: str, order: list[str], graph: dict[str, set[str]]) -> list[str]:
    """Return the imports in `app` from a package or loose module that `order` puts above the importing one; what
    the order does not name; and what it names and is not there."""
    inside = [
        (module, imported)
        for module, all_imported in graph.items()
        for imported in {module, *all_imported}
        if module.startswith(f"{app}.") and imported.startswith(f"{app}.")
    ]
    found = {module.split(".")[1] for module, _imported in inside}
    place = {name: number for number, name in enumerate(order)}
    return sorted(
        [
            *(f"{name} has no place in the order" for name in found - set(order)),
            *(f"{name} is in the order, and not in {app}" for name in set(order) - found),
            *(
                f"{module} imports {imported}, which stands above it"
                for module, imported in inside
                if place.get(imported.split(".")[1], len(order)) < place.get(module.split(".")[1], -1)
            ),
        ]
    )


def _imported_modules(source: str, package: str, modules: Collection[str]) -> set[str]:
    """`package`: the one that a dot in a relative import stands for."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join(filter(None, [*above, node.module]))
            names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return names & set(modules)


def late_imports(source: str) -> list[str]:
    """Return the imports that stand inside functions, where no reader and no check of the order sees them."""
    return [
        f"line {node.lineno}: {function.name} imports {ast.unparse(node)}"
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "ready"
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def looked_up_by_name(source: str) -> list[str]:
    """Return the calls that name a model or module in a string, which no reader and no check of the order sees."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    return [
        f"line {call.lineno}: {ast.unparse(call)}"
        for call in calls
        if ast.unparse(call.func).rpartition(".")[2] in ("get_model", "import_string", "import_module")
        and isinstance(call.args[0], ast.Constant)
    ]


def branches_on_class_names(source: str) -> list[str]:
    """Return the comparisons of a class's name with what stands in the code."""
    compared = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare)]
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in compared
        if re.search(r"\.(__name__|object_name|model_name)\b", ast.unparse(node.left))
        and re.search(r"['\"]|\b[A-Z]{2,}\b", ", ".join(map(ast.unparse, node.comparators)))
    ]


def live_by_update(source: str) -> list[str]:
    """`QuerySet.update()` and its like pass every gate of publishing."""
    findings = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        text = ast.unparse(node)
        if (node.func.attr == "update" and re.search(r"\blive=|\*\*.*['\"]live['\"]", text)) or (
            node.func.attr == "bulk_update" and re.search(r"['\"]live['\"]", text)
        ):
            findings.append(f"line {node.lineno}: {text}")
    return findings


def template_findings(source: str) -> list[str]:
    text = re.sub(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}", "", source, flags=re.DOTALL)
    return [
        f"{reason}: {match.group(0).strip()}"
        for reason, pattern in FORBIDDEN_IN_TEMPLATES.items()
        for match in re.finditer(pattern, text, flags=re.IGNORECASE)
    ]


def strange_names(root: Path) -> list[str]:
    """Code at the top of the tree, or in the project package, that has no place there."""
    found = {
        path.name
        for path in root.iterdir()
        if not path.name.startswith(".")
        and path.name not in ELSEWHERE
        and (path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py"))))
    }
    inside = {path.name for path in (root / "site_cms").glob("*")}
    return sorted((found - TOP_LEVEL_CODE) | (inside - PROJECT_PACKAGE - ELSEWHERE))


def _over_code(rule: Callable[[Path, str], list[str]], paths: list[Path]) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {finding}" for path in paths for finding in rule(path, path.read_text())]


@cache
def production_imports() -> dict[str, set[str]]:
    return imports({path: path.read_text() for path in _own(_code()) if "tests" not in path.parts})


def test_imports__run_one_way():
    def rule(path: Path, source: str) -> list[str]:
        return wrong_imports(path.relative_to(ROOT).parts[0], source)

    assert _over_code(rule, [path for path in _own(_code()) if "tests" not in path.parts]) == []


def test_imports__have_no_circles():
    assert circles(production_imports()) == []


def test_circles__are_found():
    def made(**sources: str) -> list[list[str]]:
        return circles(imports({ROOT / f"core/{name}.py": source for name, source in sources.items()}))

    assert made(a="from core import b", b="from core.c import x", c="import core.a") == [
        ["core.a", "core.b", "core.c"]
    ]
    assert made(a="from core import b", b="def f():\n    from core import a") == [["core.a", "core.b"]]
    assert made(a="from core import b", b="if TYPE_CHECKING:\n    from core import a") == []
    assert made(a="from core import b", b="import os") == []


@pytest.mark.parametrize("app", ORDER)
def test_packages__import_only_what_stands_below_them(app: str):
    assert against_order(app, ORDER[app], production_imports()) == []


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("from core.top.x import y", "core.top.x"),
        ("from core.top import name", "core.top"),
        ("from ..top import x", "core.top.x"),
        ("def f():\n    from core import loose", "core.loose"),
    ],
)
def test_imports_against_the_order__are_found(source: str, imported: str):
    sources = {
        "top/__init__": "",
        "top/x": "",
        "loose": "from core import low",
        "low/__init__": "",
        "low/a": source,
    }
    graph = imports({ROOT / f"core/{name}.py": text for name, text in sources.items()})

    found = against_order("core", ["top", "loose", "low"], graph)
    assert f"core.low.a imports {imported}, which stands above it" in found


def test_order__names_each_package_once():
    graph = {"core": set(), "core.a": {"core.b"}, "core.b": {"core.b.c"}, "core.b.c": {"core.b", "home.a"}}

    assert against_order("core", ["a", "b"], graph) == []
    assert against_order("core", ["a"], graph) == ["b has no place in the order"]
    assert against_order("core", ["a", "b", "c"], graph) == ["c is in the order, and not in core"]
    assert [name for order in ORDER.values() for name in order if order.count(name) > 1] == []


def test_functions__are_short():
    written = [path for path in _own(_code()) if "migrations" not in path.parts]

    assert _over_code(lambda path, source: too_long(source), written) == []


def test_imports__stand_at_the_top_of_a_file():
    written = [path for path in _own(_code()) if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)]
    late = {str(path.relative_to(ROOT)) for path in written if late_imports(path.read_text())}

    assert late == set(LATE_IMPORTS)


def test_undocumented_names__are_used_in_adapters_only():
    paths = [path for path in _own(_code()) if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)]
    for name, library in LIBRARIES.items():
        outside = [path for path in paths if not path.is_relative_to(ROOT / library.adapter)]
        assert _over_code(lambda path, source, name=name: sorted(undocumented(source, name)), outside) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from wagtail_localize.views.report import x", "wagtail_localize.views.report.x"),
        ("from wagtail_localize import views", "wagtail_localize.views"),
        ("import wagtail_localize.operations", "wagtail_localize.operations"),
        ("def f():\n    from wagtail_localize.models import pk", "wagtail_localize.models.pk"),
        ("from wagtail_localize.models import String as S\nS._hash('a')", "wagtail_localize.models.String._hash"),
        (
            "from wagtail_localize.models import String\nclass A(String):\n    def _get_data_hash(self): ...",
            "wagtail_localize.models.String._get_data_hash",
        ),
    ],
)
def test_undocumented_names__are_found(source: str, found: str):
    assert undocumented(source, "wagtail_localize") == {found}


@pytest.mark.parametrize(
    "source",
    [
        "from wagtail_localize import fields",
        "from wagtail_localize.fields import SynchronizedField",
        "from wagtail_localize.models import String\nString._meta.label\nString.from_value(1)",
        "from wagtail_localize.models import String\nclass A(String):\n    def _our_own(self): ...",
        "from wagtail.models import Page\nPage._private",
    ],
)
def test_documented_names__are_left_alone(source: str):
    assert undocumented(source, "wagtail_localize") == set()


def test_private_attributes__of_other_libraries_are_used_in_adapters_only():
    paths = [path for path in _own(_code()) if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)]
    adapters = [ROOT / library.adapter for library in LIBRARIES.values()]
    outside = [path for path in paths if not any(path.is_relative_to(adapter) for adapter in adapters)]
    ours = {name for path in outside for name in defined(path.read_text())} | set(WITHOUT_ADAPTER)

    assert _over_code(lambda path, source: sorted(private_attributes(source) - ours), outside) == []


def test_adapters__offer_only_what_is_used():
    texts = {path: path.read_text() for path in _own(_code()) if "tests" not in path.parts}
    adapters = {ROOT / library.adapter for library in LIBRARIES.values()}
    for path in {path for adapter in adapters for path in adapter.rglob("*.py")}:
        offered = [*re.findall(r'^    "(\w+)",', texts[path], re.MULTILINE)]
        others = "\n".join(text for other, text in texts.items() if other != path)
        assert [name for name in offered if not re.search(rf"\b{name}\b", others)] == []


def test_private_attributes__are_found():
    assert private_attributes("def f(page):\n    return page._slug, page._meta, self._x, page.__class__") == {
        "_slug",
        "_x",
    }
    assert private_attributes("getattr(request, '_route', None)\nconnection.ops.quote_name('a')") == {
        "_route",
        "ops",
    }
    assert defined("class A:\n    _a: int\n    def _b(self):\n        self._c, _d = 1, self._e") == {
        *("A", "_a", "_b", "_c", "_d"),
    }
    assert not INSIDES & defined("connection.ops.quote_name('a')")


def test_models__are_imported_not_looked_up():
    paths = [path for path in _own(_code()) if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)]
    found = {str(path.relative_to(ROOT)) for path in paths if looked_up_by_name(path.read_text())}

    assert found == set(LOOKED_UP)
    assert _over_code(lambda path, source: branches_on_class_names(source), paths) == []


def test_look_ups__are_found():
    assert looked_up_by_name("def f():\n    return apps.get_model('home', 'HomePage')\n")
    assert looked_up_by_name("cls = import_string('a.b.C')")
    assert not looked_up_by_name("kind = apps.get_model(label)")
    assert branches_on_class_names("if type(x).__name__ == 'Quote': pass")
    assert branches_on_class_names("y = page._meta.object_name in WHOLE")
    assert not branches_on_class_names("if __name__ == '__main__': pass")


def test_late_imports__are_found():
    assert late_imports("def f():\n    from a import b\n")
    assert late_imports("class A:\n    async def f(self):\n        import a\n")
    assert not late_imports("import a\nclass C:\n    def ready(self):\n        from a import b\n")


def test_live__is_never_set_by_update():
    code = [path for path in _own(_code()) if path.name != Path(__file__).name]

    assert _over_code(lambda path, source: live_by_update(source), code) == []


def test_public_templates__keep_the_page_cacheable():
    templates = [
        path
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if not re.match(r"admin|wagtail", path.relative_to(ROOT / "templates").parts[0])
    ]

    assert _over_code(lambda path, source: template_findings(source), templates) == []


def test_tree__holds_no_strange_package():
    assert strange_names(ROOT) == []


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("core", "from campaigns.models import Quote"),
        ("core", "import home"),
        ("core", "def late():\n    from search import index\n"),
        ("core", "import_module('campaigns.material')"),
        ("campaigns", "import home.models as pages"),
        ("home", "from search.query import find"),
        ("search", "if True:\n    import translation.models"),
        ("translation", "from home.models import HomePage"),
        ("home", "from site_cms import urls"),
        ("campaigns", "from tests.factories import QuoteFactory"),
    ],
)
def test_wrong_imports__are_found(package, source):
    assert wrong_imports(package, source)


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("site_cms", "from home import views"),
        ("home", "from campaigns.models import Quote"),
        ("campaigns", "from .models import Quote\nfrom core import languages"),
        ("core", "tie = ForeignKey('campaigns.CampaignPage')"),
        ("core", "import homeless"),
    ],
)
def test_right_imports__are_left_alone(package, source):
    assert wrong_imports(package, source) == []


@pytest.mark.parametrize(
    "source",
    ["def long():\n" + "    pass\n" * 50, "class A:\n    async def long(self):\n" + "        pass\n" * 50],
)
def test_too_long__is_found(source):
    assert too_long(source)


def test_long_enough__is_left_alone():
    assert too_long("def short():\n" + "    pass\n" * 49 + "\n" * 400) == []


@pytest.mark.parametrize(
    "source",
    [
        "Page.objects.update(live=True)",
        "pages.filter(locale=ru).update(title='x', live=False)",
        "pages.update(**{'live': True})",
        "Page.objects.bulk_update(pages, ['title', 'live'])",
    ],
)
def test_live_by_update__is_found(source):
    assert live_by_update(source)


@pytest.mark.parametrize("source", ["pages.update(title='live')", "state.update({'lively': 1})"])
def test_other_updates__are_left_alone(source):
    assert live_by_update(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.body }}",
        "{{ self.body|safe }}",
        "{{ block }}",
        "{{ child.block }}",
        "{% if request.user.is_staff %}x{% endif %}",
        "{% csrf_token %}",
        "{% wagtailuserbar %}",
        "{% for message in messages %}{% endfor %}",
        "{{ user.username }}",
        "{% for child in page.get_children %}{% endfor %}",
        "{{ page.specific.summary }}",
        "{% for tie in page.ties.all %}{% endfor %}",
        "<p style='color: red'>",
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        "<script type='module'>start()</script>",
        "<button onclick='start()'>",
        "<a href='javascript:start()'>",
        "<img src='https://elsewhere.example/pixel.gif'>",
        "<link rel='stylesheet' href='//elsewhere.example/a.css'>",
        "<form method='post'>",
        "{% cache 500 menu %}{% endcache %}",
    ],
)
def test_bad_templates__are_found(source):
    assert template_findings(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% include_block page.body %}",
        "{% block body %}{{ block.super }}{% endblock %}",
        "{# {{ page.body }} stands in no template #}",
        "<script src='{% static \"js/menu.js\" %}' defer></script>",
        '<script type="application/ld+json">{{ data }}</script>',
        "<form method='get' action='{{ url }}'>",
        "<a href='https://elsewhere.example/'>{{ story.title }}</a>",
        "{{ quote.text }} {{ edition.theme }} {{ pages.previous }}",
    ],
)
def test_good_templates__are_left_alone(source):
    assert template_findings(source) == []


def test_strange_names__are_found(tmp_path):
    for name in ("site_cms", "helpers", "var"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tools.py").touch()

    assert strange_names(tmp_path) == ["helpers", "tools.py"]
