"""What Prometheus reads of a server of several processes."""

import re

from tests.stress.client import Client
from tests.stress.server import Server

TOKEN = "a-token-of-thirty-two-characters"
TIMES = 40


def answered(client: Client) -> float:
    text = client.get("/metrics", Authorization=f"Bearer {TOKEN}").text
    found = re.search(r'^site_requests_total\{method="GET",status="404"\} (\S+)', text, re.MULTILINE)
    assert found is not None
    return float(found[1])


def test_metrics__count_the_requests_of_all_processes(tmp_path):
    with Server(tmp_path, METRICS="true", HEALTH_TOKEN=TOKEN, WEB_CONCURRENCY="3", TMPDIR=str(tmp_path)) as server:
        server.start()
        client = Client(server)
        for _time in range(TIMES):
            assert client.get("/nothing-of-this-name").status == 404

        assert [answered(client) for _process in range(12)] == [TIMES] * 12
        server.stop()

    assert not list(tmp_path.glob("metrics-*"))
