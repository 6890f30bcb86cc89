"""Several people open long pages at once in the editor: each gets the whole page, and nothing of another."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.stress.client import Client
from tests.stress.long_pages import PAGES, make_long_pages, words_of
from tests.stress.server import Server

OPENINGS = 25
THREADS = 8
WORD = re.compile(r"zq\d+w\d+q")


def test_editor__eight_long_pages_are_opened_at_once(server: Server):
    ids = server.call("tests.stress.long_pages", make_long_pages.__name__)
    server.start()
    client = Client(server)
    client.log_in("stress")
    expected = [words_of(page) for page in range(PAGES)]

    def open_page(page: int) -> str:
        answer = client.copy().get(f"/admin/pages/{ids[page]}/edit/")
        if answer.status != 200:
            return f"answered {answer.status}"
        found = set(WORD.findall(answer.text))
        if found - expected[page]:
            return "has words of another page"
        return "whole" if found == expected[page] else "lacks words of its own"

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = Counter(pool.map(open_page, [*range(PAGES)] * OPENINGS))
    print(f"\n{outcomes.total()} openings of {PAGES} pages from {THREADS} threads: {dict(outcomes)}")

    assert outcomes == {"whole": PAGES * OPENINGS}
