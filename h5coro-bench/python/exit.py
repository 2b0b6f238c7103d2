# SPDX-License-Identifier: Apache-2.0
"""How long a command lives after the store's last answer: exit.py LAUNCHER FILE ARGUMENT… [runs=N]. Runs LAUNCHER dump
with the arguments over HTTP on loopback, and prints seconds from the end of the last answer to the end of the process:
the least, the median and the most."""

import http.server
import pathlib
import re
import statistics
import subprocess
import sys
import threading
import time


class Ranges(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    content = b""
    last = 0.0
    requests = 0

    def do_GET(self):
        first, last = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups())
        part = self.content[first : last + 1]
        self.send_response(206)
        self.send_header("ETag", '"a"')
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(self.content)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)
        Ranges.last = time.monotonic()
        Ranges.requests += 1

    def log_message(self, *arguments):
        pass


def main():
    runs = [int(word[5:]) for word in sys.argv if word.startswith("runs=")]
    launcher, file, *arguments = [word for word in sys.argv[1:] if not word.startswith("runs=")]
    Ranges.content = pathlib.Path(file).read_bytes()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ranges)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    location = f"http://127.0.0.1:{server.server_port}/file.h5"
    lives = []
    for _ in range(runs[0] if runs else 7):
        Ranges.requests = 0
        subprocess.run([launcher, "dump", *arguments, location], check=True, stdout=subprocess.DEVNULL)
        lives.append(time.monotonic() - Ranges.last)
    print(f"{min(lives):.3f} {statistics.median(lives):.3f} {max(lives):.3f} s, {Ranges.requests} requests")


main()
