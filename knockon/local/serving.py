"""Running the local page on this machine, until Ctrl-C."""

from __future__ import annotations

import secrets
import socket
import sys
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from knockon.local.app import make_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from knockon.local.desk import Desk

__all__ = ["PortTakenError", "serve"]

_HOST: Final = "127.0.0.1"


class PortTakenError(KnockonError):
    """A port that another program listens on."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is taken, perhaps by another knockon serve: close that, or give "
            "--port another number, such as 0 for any that is free."
        )


def serve(desk: Desk, *, port: int, with_token: bool, ready: Callable[[str], None]) -> None:
    """Serve a desk on 127.0.0.1 until Ctrl-C.

    Parameters
    ----------
    port
        The port; 0 for one that is free.
    with_token
        Whether only those are let in who have the address.
    ready
        Told the address as soon as it answers.

    Raises
    ------
    PortTakenError
        Another program listens there.
    """
    import uvicorn  # noqa: PLC0415 - heavy

    class Server(uvicorn.Server):
        """A server that says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(address)

    with socket.socket() as listener:
        if sys.platform != "win32":  # there it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HOST, port))
        except OSError:
            raise PortTakenError(port) from None
        bound = listener.getsockname()[1]
        token = secrets.token_urlsafe(24) if with_token else None
        address = f"http://{_HOST}:{bound}/" + (f"?token={token}" if token else "")
        config = uvicorn.Config(
            make_app(desk, port=bound, token=token),
            log_level="error",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=3,
        )
        try:
            Server(config).run([listener])
        except KeyboardInterrupt:
            return
