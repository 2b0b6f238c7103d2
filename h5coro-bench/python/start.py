# SPDX-License-Identifier: Apache-2.0
"""Processor seconds (user and system, children too) that a command takes from its start to its end: the median of runs.

    start.py bin/h5coro [OTHER/bin/h5coro ...] [runs=7] [python=PYTHON]

Commands read a sample granule from disk, over HTTP, and from a store of S3 that looks at no signature, both on loopback
in this process, whose time does not count. Runs of all launchers take turns. A python with h5py, remfile and fsspec
does the same work. Before the first measurement each launcher has an archive of classes, if it makes one.
"""

import http.server
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "../../testdata/src/main/resources/fixtures/sample_granule.h5")
DATASET = "/gt1l/heights/h_ph"


class Store(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, body):
        data = self.server.data
        first, last = 0, len(data) - 1
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked:
            first = int(asked[1])
            last = min(int(asked[2] or last), last)
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", '"sample"')
        self.end_headers()
        if body:
            self.wfile.write(data[first:last + 1])


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A command that ends leaves its connections."""


def seconds(command, environment):
    """Processor seconds of one run."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"status {status}: {command}")
    return usage.ru_utime + usage.ru_stime


def tasks(launchers, python, web):
    bucket = "s3://bucket/sample.h5"
    lines = {
        "--version": ["--version"],
        "ls": ["ls", SAMPLE],
        "slice over HTTP": ["dump", "-d", DATASET + "[0:10]", web + "/sample.h5"],
        "ls from S3": ["ls", "--endpoint", web, "--region", "us-east-1", bucket],
    }
    for task, line in lines.items():
        for launcher in launchers:
            yield task, launcher, [launcher, *line]
    if python:
        listing = f"import h5py\nfor n, o in h5py.File({SAMPLE!r}).items(): print(n, o)"
        first = f"['{DATASET}'][:10])"
        remfile = f"import h5py, remfile\nprint(h5py.File(remfile.File('{web}/sample.h5')){first}"
        fsspec = f"import h5py, fsspec\nprint(h5py.File(fsspec.open('{web}/sample.h5').open()){first}"
        yield "ls", "h5py", [python, "-c", listing]
        yield "slice over HTTP", "h5py, remfile", [python, "-c", remfile]
        yield "slice over HTTP", "h5py, fsspec", [python, "-c", fsspec]


def main(arguments):
    options = dict(a.split("=", 1) for a in arguments if "=" in a)
    launchers = [os.path.abspath(a) for a in arguments if "=" not in a]
    with open(SAMPLE, "rb") as file:
        data = file.read()
    server = Server(("127.0.0.1", 0), Store)
    server.data = data
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as caches:
        environment = dict(os.environ, AWS_ACCESS_KEY_ID="nobody", AWS_SECRET_ACCESS_KEY="nothing",
                           XDG_CACHE_HOME=caches)
        for launcher in launchers:
            seconds([launcher, "--version"], environment)
        folder = os.path.join(caches, "h5coro")
        while os.path.isdir(folder) and any(name.startswith(".") for name in os.listdir(folder)):
            time.sleep(0.5)
        print(f"load average before: {os.getloadavg()[0]:.1f}")
        measured = {}
        for _ in range(int(options.get("runs", 7))):
            for task, by, command in tasks(launchers, options.get("python"),
                                           f"http://127.0.0.1:{server.server_port}"):
                measured.setdefault((task, by), []).append(seconds(command, environment))
        for (task, by), times in sorted(measured.items()):
            print(f"{task:16} {statistics.median(times):.3f} s ({min(times):.3f} to {max(times):.3f})  {by}")


if __name__ == "__main__":
    main(sys.argv[1:])
