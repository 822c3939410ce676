"""Who may come in, how much they may bring, and what every answer carries.

The page is for the people of one machine, but a browser on it also runs pages from elsewhere. So:

- the ``Host`` must be ours: a foreign name that leads to this machine (DNS rebinding) is refused;
- what changes something must come from our own pages (``Origin``, ``Sec-Fetch-Site``);
- pages from elsewhere may not embed or read anything of ours;
- where a token is asked for, nobody is let in without it, and then only by a cookie;
- bodies have a limit, whether they state their length or not;
- each answer carries a policy that lets scripts and styles run by a number used once, and nothing
  be sent anywhere else.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from knockon.local.faults import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from knockon.local.desk import Desk, Shelf

__all__ = ["MOST_BYTES", "MOST_UPLOADED", "Doorman"]

#: Bytes of a body: of forms and JSON, and of files.
MOST_BYTES: Final = 2_000_000
MOST_UPLOADED: Final = 100_000_000

_SAFE: Final = {"GET", "HEAD", "OPTIONS"}
_OWN_PAGES: Final = {"same-origin", "none"}

_POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src {styles}; "
    "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

#: ``same-origin`` and not ``no-referrer``, which would make the Origin of our own forms "null".
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class TooLargeError(HTTPException):
    """A body that is larger than it may be; what reads it lets this through, and answers 413."""

    def __init__(self, most: int) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, tell_limit(most))


class Doorman:
    """Stands before the application; puts ``shelf`` and ``nonce`` into the state of a request."""

    def __init__(self, app: ASGIApp, *, desk: Desk, port: int, token: str | None = None) -> None:
        self._app = app
        self._desk = desk
        self._token = token
        self._cookie = f"knockon-{port}"  # browsers keep cookies by host, not by port
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:  # noqa: PLR2004 - a browser does not say it
            self._hosts |= {"127.0.0.1", "localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":  # the start and stop of the server; there are no sockets
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        visit = _Visit(scope, receive, send, nonce)
        refused = self._refuse(visit)
        if refused is not None:
            answer = refuse(scope, *refused)
            await answer(scope, receive, visit.send)
            return
        if self._show_token(visit):
            await self._greet(visit)
            return
        shelf, ticket = self._find_shelf(visit)
        if shelf is None:
            answer = refuse(
                scope,
                HTTPStatus.FORBIDDEN,
                "This page asks for the token that knockon serve printed: open the address that "
                "stands there, or send the token as a bearer token.",
            )
            await answer(scope, receive, visit.send)
            return
        scope["state"]["shelf"] = shelf
        visit.ticket = None if ticket is None else self._bake(ticket)
        await self._enter(visit)

    def _refuse(self, visit: _Visit) -> tuple[HTTPStatus, str] | None:
        """Return why a request is refused, None where it is not."""
        headers, method = visit.headers, visit.scope["method"]
        if headers.get("host", "").lower() not in self._hosts:
            return (
                HTTPStatus.MISDIRECTED_REQUEST,
                "This page answers only under the address that knockon serve printed.",
            )
        site = headers.get("sec-fetch-site", "none")
        is_click = headers.get("sec-fetch-mode") == "navigate" and method in _SAFE
        if site not in _OWN_PAGES and not is_click:
            return HTTPStatus.FORBIDDEN, "A page from elsewhere asked for this: it is refused."
        origin = headers.get("origin")
        if method not in _SAFE and origin is not None and not self._is_ours(origin):
            return HTTPStatus.FORBIDDEN, "A page from elsewhere sent this: it is refused."
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return HTTPStatus.BAD_REQUEST, "The request does not say how long it is."
        if int(length) > visit.most:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, tell_limit(visit.most)
        return None

    def _is_ours(self, origin: str) -> bool:
        scheme, _, host = origin.partition("://")
        return scheme == "http" and host.lower() in self._hosts

    def _show_token(self, visit: _Visit) -> bool:
        """Return whether a browser shows the token in its address, as on its first visit."""
        if self._token is None or visit.scope["method"] != "GET":
            return False
        shown = parse_qs(visit.scope["query_string"].decode("latin-1")).get("token", [""])
        return secrets.compare_digest(shown[0].encode(), self._token.encode())

    async def _greet(self, visit: _Visit) -> None:
        """Give a browser its cookie and the same address without the token."""
        query = parse_qs(visit.scope["query_string"].decode("latin-1"))
        query.pop("token")
        path = "/" + visit.scope["path"].lstrip("/\\")  # never another host
        address = f"{path}?{urlencode(query, doseq=True)}" if query else path
        if self._desk.find(self._ticket(visit)) is None:
            visit.ticket = self._bake(self._desk.admit()[0])
        answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
        await answer(visit.scope, visit.receive, visit.send)

    def _find_shelf(self, visit: _Visit) -> tuple[Shelf | None, str | None]:
        """Return the shelf of a request, and its ticket where it is a new one."""
        shelf = self._desk.find(self._ticket(visit))
        if shelf is not None:
            return shelf, None
        path: str = visit.scope["path"]
        is_program = path.startswith("/api/") or path == "/openapi.json"
        if self._token is not None:
            kind, _, shown = visit.headers.get("authorization", "").partition(" ")
            is_known = kind.lower() == "bearer" and secrets.compare_digest(
                shown.strip().encode(), self._token.encode()
            )
            if not is_known and not path.startswith("/static/"):
                return None, None
            return self._desk.lobby, None
        if is_program or path.startswith("/static/"):
            return self._desk.lobby, None
        ticket, shelf = self._desk.admit()
        return shelf, ticket

    def _ticket(self, visit: _Visit) -> str | None:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(visit.headers.get("cookie", ""))
        except CookieError:
            return None
        found = cookies.get(self._cookie)
        return None if found is None else found.value

    def _bake(self, ticket: str) -> str:
        return f"{self._cookie}={ticket}; HttpOnly; SameSite=Strict; Path=/"

    async def _enter(self, visit: _Visit) -> None:
        try:
            await self._app(visit.scope, visit.read, visit.send)
        except Exception:
            # The handler in `faults` has told and logged it; Starlette raises it once more.
            if not visit.is_answered:
                raise


class _Visit:
    """One request: its head, and its body counted as it comes in."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, nonce: str) -> None:
        self.scope = scope
        self.receive = receive
        self.headers = Headers(scope=scope)
        self.ticket: str | None = None
        self.is_answered = False
        is_upload = self.headers.get("content-type", "").startswith("multipart/form-data")
        self.most = MOST_UPLOADED if is_upload else MOST_BYTES
        self._send = send
        self._nonce = nonce
        self._read = 0

    async def read(self) -> Message:
        message = await self.receive()
        self._read += len(message.get("body", b""))
        if self._read > self.most:
            raise TooLargeError(self.most)
        return message

    def _policy(self) -> str:
        """Return what a page may do; one with a map lets vis-network write its own styles."""
        is_loose = self.scope["state"].get("loose_styles", False)
        styles = "'self' 'unsafe-inline'" if is_loose else f"'nonce-{self._nonce}'"
        return _POLICY.format(nonce=self._nonce, styles=styles)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_answered = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            headers.setdefault("Content-Security-Policy", self._policy())
            if self.ticket is not None:
                headers.append("Set-Cookie", self.ticket)
        await self._send(message)


def tell_limit(most: int) -> str:
    """Return the sentence that says how much may be sent."""
    return f"This is too large: {most // 1_000_000} MB can be sent at once."
