"""A proxy that treats requests as a weak network does: `python -m tests.journeys.proxy PORT UPSTREAM_PORT`.

It is told what to do by lines on standard input, and answers each with a line when it does so:
`pass`; `cut`: no connection lives; `lose`: a POST reaches the server and its answer is lost; `repeat`: a POST reaches
the server twice; `slow`: every request waits half a second.
"""

import asyncio
import sys

HEAD_END = b"\r\n\r\n"


class Proxy:
    """Forwards each request on a connection of its own."""

    def __init__(self, upstream: int) -> None:
        self.upstream, self.mode = upstream, "pass"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, good for one request."""
        try:
            request = await _read_request(reader)
            answer = await self._answer(request)
            if answer is not None:
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: bytes) -> bytes | None:
        mode, is_post = self.mode, request.startswith(b"POST ")
        if mode == "cut":
            return None
        if mode == "slow":
            await asyncio.sleep(0.5)
        answer = await self._forward(request)
        if is_post and mode == "lose":
            return None
        return await self._forward(request) if is_post and mode == "repeat" else answer

    async def _forward(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        writer.write(request)
        await writer.drain()
        answer = await reader.read(-1)
        writer.close()
        return answer


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    head = (await reader.readuntil(HEAD_END)).removesuffix(HEAD_END)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    lengths = [int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")]
    body = await reader.readexactly(lengths[0]) if lengths else b""
    return b"\r\n".join([*lines, b"Connection: close"]) + HEAD_END + body


async def main(port: int, upstream: int) -> None:
    """Serve until standard input ends."""
    proxy = Proxy(upstream)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", port)
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    async with server:
        print("pass", flush=True)
        while line := await commands.readline():
            proxy.mode = line.decode().strip()
            print(proxy.mode, flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
