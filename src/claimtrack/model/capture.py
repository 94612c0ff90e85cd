"""A capture: what a server answered at one moment, byte for byte."""

from __future__ import annotations

from hashlib import sha256

from pydantic import AwareDatetime, ConfigDict

from claimtrack.model.value import Value

Headers = tuple[tuple[str, str], ...]
"""Names and values in the order they came, as Latin-1, which loses no byte."""

GONE = frozenset({404, 410})
"""Statuses that say that a page is not there any more."""


class Response(Value):
    """One answer of one server.

    Attributes:
        url: The address asked for.
        at: When the answer had come, in UTC.
        status: The HTTP status.
        reason: The words beside it.
        headers: The headers as sent.
        body: The body as sent: chunking removed, content-encoding kept.
    """

    url: str
    at: AwareDatetime
    status: int
    reason: str = ""
    headers: Headers = ()
    body: bytes = b""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever its case."""
        wanted = name.lower()
        return next((value for held, value in self.headers if held.lower() == wanted), None)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the body as sent, in hex."""
        return sha256(self.body).hexdigest()


class Capture(Value):
    """An answer and the redirects that led to it.

    Attributes:
        response: The last answer.
        hops: The redirects before it, in order.
        tool: What fetched it, with its version.
    """

    response: Response
    hops: tuple[Response, ...] = ()
    tool: str

    @property
    def url(self) -> str:
        """The address that was asked for."""
        return self.hops[0].url if self.hops else self.response.url

    @property
    def final_url(self) -> str:
        """The address that answered."""
        return self.response.url

    @property
    def gone(self) -> bool:
        """Whether the answer says that the page is not there any more."""
        return self.response.status in GONE
