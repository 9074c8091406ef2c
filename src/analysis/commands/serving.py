"""A server of the site for this computer alone."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOOPBACK = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    """Answers requests without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


def server_of(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder, which listens at a port, 0 being any free one."""
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Quiet, directory=os.fspath(folder)))
