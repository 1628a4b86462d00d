"""The documented nginx in front of a real `pejling serve`, and people who come through it by TLS."""

import http.client
import re
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.crash.conftest import PATIENCE, free_port, wait_until
from tests.operations.programs import require

RECIPES = Path(__file__).parent.parent.parent / "docs/recipes"
NAME = "pejling.example.dk"

# What Debian's own nginx.conf says around a site, with its logs on: the recipe itself must turn them off.
_AROUND = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/started.log;
{user}
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    access_log {folder}/logs/access.log;
    error_log {folder}/logs/error.log;
    include {folder}/site.conf;
}}
"""


class Answer:
    """What came back."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}" value="([^"]+)"', self.text)
        assert found is not None, f"no field {name} on the page"
        return found[1]


class Nginx:
    """The documented nginx.conf on other ports and paths. `witness` is a log of everything that the recipe logs not."""

    def __init__(self, folder: Path, backends: list[int], **changed: str) -> None:
        self.folder, self.http, self.https = folder, free_port(), free_port()
        self.logs, self.witness, self.certificate = folder / "logs", folder / "witness.log", folder / "cert.pem"
        for made in (self.logs, folder / "cache"):
            made.mkdir(parents=True)
        site = (RECIPES / "nginx.conf").read_text(encoding="utf-8")
        placed = {
            "server 127.0.0.1:8000;": " ".join(f"server 127.0.0.1:{port};" for port in backends),
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.https} ssl;",
            "listen [::]:80;": "",
            "listen [::]:443 ssl;": "",
            f"https://{NAME}": f"https://localhost:{self.https}",
            f"server_name {NAME};": "server_name localhost;",
            "/etc/ssl/pejling/fullchain.pem": str(self.certificate),
            "/etc/ssl/pejling/privkey.pem": str(folder / "key.pem"),
            "/var/cache/nginx/pejling": str(folder / "cache"),
            "/var/log/nginx/pejling.log emerg;": f"{self.logs}/pejling.log emerg; error_log {self.witness} info;",
            **changed,
        }
        for documented, here in placed.items():
            assert documented in site, f"the recipe no longer says {documented}"
            site = site.replace(documented, here)
        (folder / "site.conf").write_text(site, encoding="utf-8")

    @property
    def address(self) -> str:
        """What pupils type."""
        return f"https://localhost:{self.https}"

    @contextmanager
    def running(self) -> Iterator["Nginx"]:
        """Check the file as the manual says, and serve."""
        program = require("nginx", "the documented nginx.conf was not tried")
        self._certify()
        user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
        around = self.folder / "nginx.conf"
        around.write_text(_AROUND.format(folder=self.folder, user=user), encoding="utf-8")
        command = [program, "-p", self.folder, "-e", self.folder / "started.log", "-c", around]
        checked = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr, checked.stderr
        with subprocess.Popen(command) as process:
            try:
                wait_until(lambda: process.poll() is not None or self._listens(), "nginx listens")
                assert process.poll() is None, (self.folder / "started.log").read_text()
                yield self
            finally:
                process.terminate()
                process.wait(timeout=PATIENCE)

    def logged(self) -> str:
        """Everything in the log folder."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.logs.iterdir()))

    def _certify(self) -> None:
        require("openssl", "the documented nginx.conf was not tried")
        key = [
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            self.folder / "key.pem",
        ]
        name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
        command = ["openssl", "req", "-x509", *key, *name, "-out", self.certificate]
        subprocess.run(command, check=True, capture_output=True)

    def _listens(self) -> bool:
        with suppress(OSError):
            return Visitor(self).get("/healthz").status > 0
        return False


class Visitor:
    """Somebody's browser: it trusts the test's certificate, keeps cookies, and says which site its forms are on."""

    def __init__(self, nginx: Nginx) -> None:
        self.nginx, self.cookies, self.set = nginx, dict[str, str](), list[str]()
        self.trust = ssl.create_default_context(cafile=str(nginx.certificate))

    def get(self, path: str, **headers: str) -> Answer:
        """A page."""
        return self.ask("GET", path, None, headers)

    def post(self, path: str, **form: str) -> Answer:
        """A form."""
        about = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.nginx.address}
        return self.ask("POST", path, urlencode(form).encode(), about)

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPSConnection("localhost", self.nginx.https, timeout=PATIENCE, context=self.trust)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, "Referer": f"{self.nginx.address}/", **headers}
        try:
            connection.request(method, path, body, sent)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.set.append(line)
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer


class Backend:
    """A server behind nginx that only counts what reaches it, and may hang up instead of answering."""

    def __init__(self, *, hangs_up: bool) -> None:
        self.reached = list[tuple[str, str, int]]()
        backend = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline()
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.close_connection = True
                if self.path != "/healthz":
                    backend.reached.append((self.command, self.path, len(body)))
                    if hangs_up:
                        return
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    """What is closed when the test is over, whatever it found."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def backend(closing: ExitStack) -> Callable[..., Backend]:
    """Makes counting servers."""

    def make(*, hangs_up: bool = False) -> Backend:
        made = Backend(hangs_up=hangs_up)
        closing.callback(made.close)
        return made

    return make


@pytest.fixture
def front(tmp_path: Path, closing: ExitStack) -> Callable[..., Nginx]:
    """Starts the documented nginx before the servers at these ports, with lines of it changed."""

    def start(*ports: int, changed: dict[str, str] | None = None) -> Nginx:
        return closing.enter_context(Nginx(tmp_path / "nginx", list(ports), **(changed or {})).running())

    return start
