"""A wire to a server that can be cut: everything goes through until it does not."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Wire"]


class Wire:
    """Listens on a port of its own and hands bytes on to a server, as many as it is allowed."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.allowed: int | None = None
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(10)

    def cut(self) -> None:
        """Break every connection there is, and let nothing more through."""
        self.allowed = 0
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self.allowed = None

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.allowed == 0:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._target))
            self._open += [near, far]
            for start, end, counted in ((near, far, True), (far, near, False)):
                thread = threading.Thread(
                    target=self._pass, args=(start, end, counted), daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _pass(self, start: socket.socket, end: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := start.recv(4096):
                if counted and self.allowed is not None:
                    self.allowed -= len(data)
                    if self.allowed <= 0:
                        self.cut()
                        return
                end.sendall(data)
        for one in (start, end):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
