"""A device on the wire: HTTP/1.1 on one kept connection, with cookies of its own, as small as a benchmark's may be."""

import asyncio
from urllib.parse import urlencode


class Device:
    """One browser. Bytes and requests are counted on the way."""

    def __init__(self, port: int, *, keeps_etag: bool = False) -> None:
        self.port, self.cookies, self.etag, self.keeps_etag = port, dict[str, str](), "", keeps_etag
        self.requests, self.received = 0, 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, **form: str) -> tuple[int, str, str]:
        """One request: its status, its body, and where it leads to. The connection is made anew when it was closed."""
        body = urlencode(form).encode()
        head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if self.etag:
            head.append(f"If-None-Match: {self.etag}")
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        request = "\r\n".join(head).encode() + b"\r\n\r\n" + body
        self.requests += 1
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(request)
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, str, str]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length, leads_to = 0, ""
        for line in head[1:]:
            name, _, value = line.partition(": ")
            match name.lower():
                case "content-length":
                    length = int(value)
                case "location":
                    leads_to = value
                case "etag" if self.keeps_etag:
                    self.etag = value
                case "set-cookie":
                    cookie, _, _ = value.partition(";")
                    key, _, content = cookie.partition("=")
                    self.cookies[key] = content
        body = await reader.readexactly(length) if length else b""
        self.received += sum(len(line) + 2 for line in head) + length
        return int(head[0].split()[1]), body.decode(), leads_to

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
