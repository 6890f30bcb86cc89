"""Runs the tests of what a newsroom cannot live with, and of rights in a language, on plain wagtail-localize, and
says of each why it fails. It is no success that one of them holds there: it would prove nothing of ours."""

import sys
from typing import Any

import pytest

FILES = ["newsroom", "newsroom_life", "newsroom_files", "language_rights"]
# By itself, so that each answer is seen when it is there.
OPTIONS = ["--override-ini=addopts=--strict-markers --import-mode=importlib", "--ds=tests.plain.settings"]
QUIET = ["-qq", "--tb=no", "--no-summary", "--capture=sys", "--override-ini=console_output_style=classic"]


class Report:
    def __init__(self) -> None:
        self.failing = self.wrong = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and not report.failed:
            return
        name = report.nodeid.rpartition("::")[2]
        failure: Any = report.longrepr
        reason = " ".join(failure.reprcrash.message.split()) if report.failed else ""
        reason = reason.removesuffix(" Use -v to get more diff")
        if report.when == "call" and reason.removeprefix("AssertionError: ").startswith("assert "):
            self.failing += 1
            self.tell("fails", name, reason.removeprefix("AssertionError: "))
        else:
            self.wrong += 1
            self.tell("BREAKS" if reason else "HOLDS", name, reason)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self) -> tuple[str, str, str]:
        """What pytest itself would say."""
        return "", "", ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.wrong += 1
            self.tell("BREAKS", report.nodeid, str(report.longrepr))

    def tell(self, how: str, name: str, reason: str) -> None:
        assert sys.__stdout__ is not None
        sys.__stdout__.write(f"{how}  {name}{': ' if reason else ''}{reason[:200]}\n")
        sys.__stdout__.flush()


def main() -> int:
    report = Report()
    paths = [f"tests/translation/test_{name}.py" for name in FILES]
    pytest.main([*OPTIONS, *QUIET, *sys.argv[1:], *paths], plugins=[report])
    report.tell("On plain wagtail-localize", f"{report.failing} fail, as they are to", f"{report.wrong} do not")
    return 0 if report.failing and not report.wrong else 1


if __name__ == "__main__":
    sys.exit(main())
