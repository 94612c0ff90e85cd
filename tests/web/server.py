"""A web server that does what it is told, also what no server should."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HOST = "127.0.0.2"
Answer = Callable[[socket.socket, str], None]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{title}</title>{head}</head><body><article><h1>{title}</h1>
<p>{text}</p>
<p>The ministry added that bakers in every town of the country would profit from the decision.</p>
</article></body></html>"""
TEXT = "The Ministry of Finance of Qamaria said that the tax on wheat would fall in March."


def page(title: str = "Qamaria cuts its tax on wheat", text: str = TEXT, head: str = "") -> bytes:
    """Return a page with an article."""
    return PAGE.format(title=title, text=text, head=head).encode()


def reply(
    body: bytes = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **more: str
) -> bytes:
    """Return a whole answer; underscores in names of headers stand for dashes."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    head += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode() + body


def moved(place: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return reply(status=status, Location=place)


@dataclass
class Server:
    """A server on an address of this machine, a thread for each connection.

    Attributes:
        answers: By path, what is sent; a list is sent one after the other, the last one for ever.
        asked: The requests that came, each with its headers.
    """

    port: int
    answers: dict[str, bytes | Answer | list[bytes | Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/", host: str = HOST) -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the paths that were asked for, but robots.txt."""
        paths = [request.split(" ", 2)[1] for request in self.asked]
        return [path for path in paths if path != "/robots.txt"]

    def serve(self, connection: socket.socket) -> None:
        """Answer one request."""
        with connection:
            connection.settimeout(20)
            try:
                request = b""
                while b"\r\n\r\n" not in request and (piece := connection.recv(65536)):
                    request += piece
                if not request:
                    return
                head = request.decode("latin-1")
                self.asked.append(head)
                path = head.split(" ", 2)[1]
                found = self.answers.get(path, reply(b"nothing here", "404 Not Found"))
                if isinstance(found, list):
                    found = found.pop(0) if len(found) > 1 else found[0]
                if isinstance(found, bytes):
                    connection.sendall(found)
                else:
                    found(connection, head)
            except OSError:
                pass  # the client went away, as it should


@contextmanager
def serving(host: str = HOST) -> Iterator[Server]:
    """Run a server for a while."""
    with socket.create_server((host, 0)) as listening:
        server = Server(listening.getsockname()[1])
        open_ = threading.Event()

        def accept() -> None:
            while not open_.is_set():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=server.serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server
        finally:
            open_.set()
            listening.shutdown(socket.SHUT_RDWR)


def endless(connection: socket.socket, _request: str) -> None:
    """Send a body without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    for _ in range(2000):
        connection.sendall(b"<p>more and more</p>" * 5000)


def dripping(connection: socket.socket, _request: str) -> None:
    """Send a body a byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(300):
        connection.sendall(b" ")
        time.sleep(0.05)


def dripping_headers(connection: socket.socket, _request: str) -> None:
    """Send headers a byte at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for at in range(300):
        connection.sendall(f"X-{at}: 1\r\n".encode())
        time.sleep(0.05)


def cut_off(connection: socket.socket, _request: str) -> None:
    """Announce more than is sent."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<html>half")


def chunked(body: bytes, **headers: str) -> bytes:
    """Return an answer whose body comes in chunks of seven bytes."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
    sent = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return head.encode() + b"\r\n" + sent + b"0\r\n\r\n"
