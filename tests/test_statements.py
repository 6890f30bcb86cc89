"""Which tests run on PostgreSQL (tests/statements.py)."""

import pytest

from tests import statements
from tests.statements import Part

TESTS = {
    "tests/a.py::slow": Part(5.0, {"A", "B", "C"}),
    "tests/a.py::quick": Part(0.1, {"A", "B"}),
    "tests/b.py::other": Part(0.1, {"C"}),
    "tests/b.py::nothing": Part(0.1, set()),
}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1 WHERE a IN (%s, %s, %s) LIMIT 21", "SELECT 0 WHERE a IN (%s) LIMIT 0"),
        ("INSERT INTO t VALUES (%s, %s), (%s, %s)", "INSERT INTO t VALUES (%s)"),
        ('SAVEPOINT "s139_x12"', 'SAVEPOINT "0"'),
    ],
)
def test_shape__leaves_out_numbers_and_lengths(sql, expected):
    assert statements.shape(sql) == expected


def test_cheapest__sends_every_statement():
    assert statements.cheapest(TESTS, {}, set()) == {"tests/a.py::quick", "tests/b.py::other"}
    assert statements.cheapest(TESTS, {}, {"tests/a.py::slow"}) == set()


def test_cheapest__pays_once_for_what_tests_share():
    parts = {"tests/c.py scene": Part(1.0, {"S"})}
    tests = {
        "tests/c.py::one": Part(0.1, {"A"}, ("tests/c.py scene",)),
        "tests/c.py::two": Part(0.1, {"B"}, ("tests/c.py scene",)),
        "tests/d.py::alone": Part(1.5, {"B"}),
    }
    assert statements.cheapest(tests, parts, set()) == {"tests/c.py::one", "tests/c.py::two"}
    assert statements.cheapest(tests, parts, {"tests/d.py::alone"}) == {"tests/c.py::one"}


def test_cheapest__keeps_nothing_that_later_tests_send_as_well():
    tests = {
        "tests/a.py::early": Part(1.0, {"A", "B", "C", "D"}),
        "tests/a.py::later": Part(1.0, {"A", "B", "E"}),
        "tests/a.py::last": Part(1.0, {"C", "D", "F"}),
    }
    assert statements.cheapest(tests, {}, set()) == {"tests/a.py::later", "tests/a.py::last"}


def test_excess__may_lose_a_few_statements():
    found = set(TESTS)
    assert statements.without_excess(found, set(), TESTS, {}, 0) == {"tests/a.py::quick", "tests/b.py::other"}
    assert statements.without_excess(found, set(), TESTS, {}, 1) == {"tests/a.py::quick"}


def test_list__names_tests_files_and_folders():
    assert statements.chosen(TESTS, ["tests/a.py::quick"]) == {"tests/a.py::quick"}
    assert statements.chosen(TESTS, ["tests/a.py"]) == {"tests/a.py::quick", "tests/a.py::slow"}
    assert statements.chosen(TESTS, ["tests/"]) == set(TESTS)


def test_list__that_misses_statements_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(statements, "ROOT", tmp_path)
    monkeypatch.setattr(statements, "LIST", tmp_path / "list.txt")
    (tmp_path / "list.txt").write_text("# By hand\ntests/b.py\n")

    assert "send 1 of 3 statements" in statements.missing(TESTS, {})

    statements.write(TESTS, {})

    assert statements.missing(TESTS, {}) == ""
    assert (tmp_path / "list.txt").read_text() == "# By hand\ntests/b.py\ntests/a.py::quick\n"


def test_list__does_without_what_another_command_sends():
    [elsewhere] = statements.ELSEWHERE
    parts = {"tests/a.py scene": Part(1.0, {"S"}), f"{elsewhere} run": Part(1.0, {"T"})}

    assert set(statements.counted(parts)) == {"tests/a.py scene"}
    assert not [entry for entry in statements.entries() if entry.startswith(elsewhere)]


def test_list__names_what_exists():
    for entry in statements.entries():
        assert (statements.ROOT / entry.partition("::")[0]).exists(), entry
