"""The server is killed (kill -9) at random moments of publishing, importing, sending, exchanging and uploading.
Afterwards each page type answers, what is kept about the content agrees with it, and the act can be done again."""

import json
import random
import re
import subprocess
import threading
import time
from collections import Counter
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.stress import interrupted
from tests.stress.client import Client
from tests.stress.server import Server

MODULE = interrupted.__name__
EACH = 5
"""Kills between two looks at the whole index."""
STORY = "About {word} {number}\n\nDushanbe - They met on the road {word} and looked at the map.\n"


def publish(client: Client, subject: dict[str, Any], folder: Path) -> None:
    address = "/admin/bulk/wagtailcore/page/publish/?" + "&".join(f"id={pk}" for pk in subject["pks"])
    client.post(address, {"include_descendants": ""})


def bring_in(client: Client, subject: dict[str, Any], folder: Path) -> None:
    """With the command, which is killed as the server is."""
    stories = folder / subject["word"]
    stories.mkdir(exist_ok=True)
    for number in range(interrupted.STORIES):
        (stories / f"{number}.txt").write_text(STORY.format(word=subject["word"], number=number))
    client.server.beside("import_stories", str(stories))


def send(client: Client, subject: dict[str, Any], folder: Path) -> None:
    """And wait for the worker."""
    fields = [("locales", pk) for pk in subject["locales"]]
    job = client.post(f"/admin/translation/sending/campaign/{subject['pk']}/", fields).headers["Location"]
    while not json.loads(client.get(f"{job}progress/").text)["finished"]:
        time.sleep(0.2)


def exchange(client: Client, subject: dict[str, Any], folder: Path) -> None:
    path = folder / f"{subject['word']}.po"
    path.write_text(subject["po"])
    answer = client.upload("/admin/translation/exchange/import/", {}, path)
    shown = client.get(answer.headers["Location"])
    digest = re.search(r'name="digest" value="([^"]+)"', shown.text)
    assert digest, shown.text
    client.post(answer.headers["Location"], {"digest": digest[1]})


def upload(client: Client, subject: dict[str, Any], folder: Path) -> None:
    path = folder / f"{subject['word']}.jpg"
    Image.effect_noise((2_000, 1_500), 40).convert("RGB").save(path)
    client.upload("/admin/images/add/", {"title": subject["word"], "collection": "1", "shows": "nobody"}, path)


ACTS = {"publish": publish, "import": bring_in, "send": send, "exchange": exchange, "upload": upload}


@pytest.fixture(scope="module")
def subjects(server: Server, rounds: int) -> list[dict[str, Any]]:
    server.manage("load_demo")
    return server.call(MODULE, interrupted.make.__name__, rounds + 1)


@pytest.mark.parametrize("kind", list(ACTS))
def test_killed__leaves_nothing_that_does_not_agree(
    server: Server, subjects: list[dict[str, Any]], rounds: int, kind: str, tmp_path: Path
):
    server.start(worker=kind == "send")
    client = Client(server)
    client.log_in("stress")
    began = time.monotonic()
    ACTS[kind](client.copy(), subjects[rounds][kind], tmp_path)
    takes = time.monotonic() - began
    found = []
    for number, subject in enumerate(each[kind] for each in subjects[:rounds]):
        lasted: list[float] = []

        def act(subject: dict[str, Any] = subject, lasted: list[float] = lasted) -> None:
            began = time.monotonic()
            with suppress(OSError, HTTPException, subprocess.CalledProcessError, ValueError):
                ACTS[kind](client.copy(), subject, tmp_path)
                lasted.append(time.monotonic() - began)

        acting = threading.Thread(target=act)
        acting.start()
        time.sleep(random.uniform(0, takes))
        server.kill()
        acting.join()
        # The first one of all takes longer than the others, which would be over before they are killed.
        takes = sum([takes, *(1.5 * each for each in lasted)]) / (1 + len(lasted))
        # Nothing mends the rest of the index meanwhile: it is asked for now and then, and at the end.
        everything = number % EACH == 0
        state, disagreements = server.call(MODULE, interrupted.after_the_kill.__name__, kind, subject, everything)
        found.append(state)
        assert disagreements == [], state
        server.start(worker=kind == "send")
        ACTS[kind](client.copy(), subject, tmp_path)
    of_kind = [each[kind] for each in subjects]
    assert set(server.call(MODULE, interrupted.states.__name__, kind, of_kind)) == {"done"}
    assert server.call(MODULE, interrupted.disagreements.__name__) == []
    addresses = server.call(MODULE, interrupted.of_each_type.__name__)
    answers = {address: client.get(address).status for address in addresses}
    assert len(answers) > 40
    assert set(answers.values()) == {200}, answers
    server.stop()
    assert server.call(MODULE, interrupted.left_after_a_day.__name__) == []
    print(f"\n{server.database}: {kind}: killed {rounds} times in {takes:.1f} s, found {dict(Counter(found))}")
