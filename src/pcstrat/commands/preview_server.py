"""Turns a preview into a web server for this machine alone, whose pages load again after each build.

The script and the findings are the server's own: it adds them as it hands out a page, and they never reach `output/`.
Other programs and web pages are kept out: the server listens on the loopback address, answers only to its own name
(DNS rebinding), only reads, hands out only files that the build listed, and allows pages nothing but themselves.
"""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from urllib.parse import quote, unquote, urlsplit

from pcstrat.commands.preview import Preview
from pcstrat.errors import NotDoneError

ADDRESS = "127.0.0.1"
OWN = "-preview/"
"""Addresses of the server's own begin like this; no id of a plan does."""

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
        " script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ADDED = (
    f'<link rel="stylesheet" href="/{OWN}preview.css"><script src="/{OWN}preview.js" defer></script></head>'
).encode()
_NOTHING_YET = (
    b'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Preview</title></head>'
    b"<body><main><h1>There is no such page yet</h1></main></body></html>"
)
_BEAT = 10.0
"""Seconds after which a page that waits is told that the server is still there."""


class PreviewServer(ThreadingHTTPServer):
    """The server of one preview."""

    daemon_threads = True

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        self.ending = threading.Event()
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            message = f"The preview cannot listen on port {port}: {error.strerror}."
            raise NotDoneError(message, "Name another with --port.") from None

    @property
    def names(self) -> frozenset[str]:
        """The names that browsers on this machine may call the server by."""
        return frozenset(f"{name}:{self.server_address[1]}" for name in (ADDRESS, "localhost"))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    server_version = "pcstrat"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a request."""
        if self.headers.get("Host") not in self.server.names:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "txt", b"This is a preview for this machine alone.\n")
            return
        path = unquote(urlsplit(self.path).path).removeprefix("/")
        if path == f"{OWN}events":
            self._tell_of_builds()
        elif path.startswith(OWN):
            self._own(path.removeprefix(OWN))
        else:
            self._page(f"{path}index.html" if not path or path.endswith("/") else path)

    do_HEAD = do_GET  # noqa: N815 - names of http.server

    def _refuse(self) -> None:
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, "txt", b"The preview can only be read.\n")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815 - names of http.server

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name of http.server
        """Log nothing: builds are what is told."""

    def _page(self, path: str) -> None:
        content = self.server.preview.page(path)
        kind = path.rpartition(".")[2]
        if content is None and self.server.preview.page(f"{path}/index.html") is not None:
            self._redirect(f"/{quote(path)}/")
            return
        status = HTTPStatus.NOT_FOUND if content is None else HTTPStatus.OK
        if content is None:
            content, kind = _NOTHING_YET, "html"
        self._send(status, kind, content.replace(b"</head>", _ADDED, 1) if kind == "html" else content)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self._send_headers(_TYPES["html"])
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _own(self, name: str) -> None:
        preview = self.server.preview
        if name in {"preview.js", "preview.css"}:
            content = resources.files("pcstrat").joinpath("data", name).read_bytes()
            self._send(HTTPStatus.OK, name.rpartition(".")[2], content)
        elif name.startswith("findings"):
            found = preview.findings(name.removeprefix("findings").strip("/"))
            told = {"failure": preview.failure, "findings": found}
            self._send(HTTPStatus.OK, "json", json.dumps(told).encode())
        else:
            self._send(HTTPStatus.NOT_FOUND, "txt", b"There is no such page.\n")

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self._send_headers(_TYPES.get(kind, "application/octet-stream" if kind != "txt" else "text/plain"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_headers(self, kind: str) -> None:
        for name, value in (("Content-Type", kind), *_HEADERS.items()):
            self.send_header(name, value)

    def _tell_of_builds(self) -> None:
        """Server-sent events: the version of each build, and a beat between them."""
        self.send_response(HTTPStatus.OK)
        self._send_headers("text/event-stream")
        self.end_headers()
        version = -1
        while self.command != "HEAD" and not self.server.ending.is_set():
            now = self.server.preview.wait(version, _BEAT)
            self.wfile.write(b": beat\n\n" if now == version else f"data: {now}\n\n".encode())
            self.wfile.flush()
            version = now
