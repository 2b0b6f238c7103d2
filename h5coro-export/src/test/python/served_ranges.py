# SPDX-License-Identifier: Apache-2.0
"""Serves a folder over HTTP with ranges, at a free port of the loopback address, for read_refs.py."""
import functools, http.server, os, re, threading


class Ranges(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def do_GET(self):
        path = self.translate_path(self.path)
        if not os.path.isfile(path):
            return self.reply(404, b"")
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
            if not wanted:
                return self.reply(200, file.read())
            first, last = int(wanted[1]), min(size, int(wanted[2] or size) + 1)
            if first >= last:
                return self.reply(416, b"", f"bytes */{size}")
            file.seek(first)
            self.reply(206, file.read(last - first), f"bytes {first}-{last - 1}/{size}")

    do_HEAD = do_GET

    def reply(self, status, body, content_range=None):
        self.send_response(status)
        if content_range:
            self.send_header("Content-Range", content_range)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def start(folder):
    """Returns the address of the folder, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Ranges, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"
