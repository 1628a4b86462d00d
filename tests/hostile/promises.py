"""What every answer keeps to, whoever asked and for whatever."""

import json
import re
from html.parser import HTMLParser

from tests.hostile.sending import MARK, Answered
from tests.hostile.world import Actor, World

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
POLICY = {
    "default-src": {"'none'"}, "script-src": {"'self'"}, "style-src": {"'self'"}, "img-src": {"'self'", "data:"},
    "connect-src": {"'self'"}, "font-src": {"'self'"}, "form-action": {"'self'"}, "base-uri": {"'none'"},
    "object-src": {"'none'"}, "frame-ancestors": {"'none'"},
}  # fmt: skip
COOKIES = re.compile(r"(seat|staff|session|device|language|cookies|lesson-[0-9a-f]{16})")
INTERNAL = re.compile(
    r"Traceback|File &#34;|File \"|site-packages|sqlalchemy|psycopg|sqlite3|jinja2|werkzeug|flask_wtf"
    r"|INSERT INTO|SELECT \w+|\.py\b|app\.(web|services|store|sealing|domain)|[A-Z][a-z]+Error\b|requirements",
)
EMPTY = (204, 304)
# Elements without an end, and the one whose end HTML lets a page leave out.
VOID = {
    "option",
    "meta",
    "link",
    "input",
    "br",
    "hr",
    "img",
    "col",
    "path",
    "rect",
    "circle",
    "line",
    "use",
    "polyline",
}


class Page(HTMLParser):
    """A page read strictly: every element closed in its turn, no attribute twice."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: set[str] = set()
        self.language = ""
        self.faults: list[str] = []
        self.doctype = ""
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_decl(self, decl: str) -> None:
        """The first line."""
        self.doctype = self.doctype or decl.lower()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a picture that closes itself."""
        self._note(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self._note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and it is the one that began last."""
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.seen.append(tag)
        self.attributes.update(names)
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> says something twice")
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""


def broken(world: World, actor: Actor, answer: Answered, method: str, endpoint: str | None) -> list[str]:
    """The promises that an answer breaks, in words."""
    file = endpoint == "asset" and method in ("GET", "HEAD")
    return [
        *_status(answer, endpoint),
        *headers_broken(answer, https=world.kind.base_url.startswith("https"), asset=file),
        *_cookies(world, answer),
        *_location(world, answer, endpoint),
        *_body(world, actor, answer, endpoint),
    ]


def headers_broken(answer: Answered, *, https: bool, asset: bool = False) -> list[str]:
    """What the headers of an answer lack; a file under its digest may be kept."""
    wrong = [f"{name} is {answer.header(name)!r}" for name, value in HEADERS.items() if answer.header(name) != value]
    if "camera=()" not in answer.header("Permissions-Policy"):
        wrong.append("no Permissions-Policy")
    policy = dict(_directive(part) for part in answer.header("Content-Security-Policy").split("; ") if part)
    for name, allowed in POLICY.items():
        more = policy.get(name, set()) - allowed
        may_open = name in ("script-src", "style-src")
        if name not in policy or not policy[name] >= allowed or not all(may_open and _is_hash(each) for each in more):
            wrong.append(f"policy: {name} is {policy.get(name)}")
    kept = asset and answer.status in (200, 206, 304)
    if (answer.header("Cache-Control") == "no-store") is kept:
        wrong.append(f"Cache-Control is {answer.header('Cache-Control')}")
    if bool(answer.header("Strict-Transport-Security")) is not https:
        wrong.append("Strict-Transport-Security")
    wrong += [
        f"header {name} breaks its line" for name, value in answer.headers if re.search(r"[\r\n\0]", name + value)
    ]
    wrong += [f"header {name}" for name, _ in answer.headers if name.lower() in ("server", "x-powered-by", "x-fuzz")]
    return wrong


def _directive(part: str) -> tuple[str, set[str]]:
    name, *values = part.split()
    return name, set(values)


def _is_hash(source: str) -> bool:
    return re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", source) is not None


def _status(answer: Answered, endpoint: str | None) -> list[str]:
    # The provider of sign-in is not there in these worlds, and the page says so.
    away = endpoint == "oidc.there" and answer.status == 503
    return [f"status {answer.status}"] if answer.status >= 500 and not away else []


def _cookies(world: World, answer: Answered) -> list[str]:
    wrong = []
    https = world.kind.base_url.startswith("https")
    for line in (value for name, value in answer.headers if name == "Set-Cookie"):
        pair, *rest = line.split("; ")
        name = pair.split("=")[0]
        said = {each.split("=")[0] for each in rest}
        if not COOKIES.fullmatch(name.removeprefix("__Host-")) or name.startswith("__Host-") is not https:
            wrong.append(f"cookie {name}")
        if not {"HttpOnly", "Path"} <= said or "SameSite=Lax" not in rest or "Path=/" not in rest:
            wrong.append(f"cookie {line}")
        if ("Secure" in said) is not https or "Domain" in said:
            wrong.append(f"cookie {line}")
    return wrong


def _location(world: World, answer: Answered, endpoint: str | None) -> list[str]:
    to = answer.header("Location")
    if not to or endpoint in ("privacy.accessibility", "oidc.there"):
        return []
    inside = to.removeprefix(world.kind.base_url)
    return [] if re.match(r"/(?![/\\])", inside) else [f"leads to {to}"]


def _body(world: World, actor: Actor, answer: Answered, endpoint: str | None) -> list[str]:
    kind = answer.header("Content-Type").split(";")[0]
    if not answer.body or answer.header("Content-Encoding") or answer.status == 206:
        return []
    wrong = ["a body where there is none"] if answer.status in EMPTY else []
    text = _text(answer)
    seen = {actor.cookies.get(world.cookie(name)) for name in ("seat", "staff")} | set(actor.knows)
    if endpoint not in ("asset", "dump.demo_sql"):
        leaked = [secret for secret in world.secrets if secret in text and secret not in seen]
        wrong += [f"somebody else's secret {secret}" for secret in leaked]
        wrong += [f"internal: {found[0]}" for found in (INTERNAL.search(text),) if found]
        wrong += [
            "internal: a folder" for folder in (str(world.keys.parent), __file__.split("/tests")[0]) if folder in text
        ]
    if kind == "text/html" and not 300 <= answer.status < 400:
        wrong += page_broken(text)
    if kind == "application/json":
        json.loads(text)
    return wrong


def page_broken(text: str) -> list[str]:
    """What is wrong with a page."""
    page = Page(text)
    wrong = list(page.faults)
    if page.doctype != "doctype html" or page.language not in ("da", "en", "ar", "tr", "pl", "uk"):
        wrong.append(f"{page.doctype}, language {page.language!r}")
    # The reveal is a staircase, of which one step at a time is there to be seen.
    if page.seen.count("h1") != max(1, text.count('-title" tabindex="-1">')):
        wrong.append(f"{page.seen.count('h1')} headings")
    if MARK in page.seen or MARK in page.attributes or any(name.startswith("on") for name in page.attributes):
        wrong.append("what was sent came back as markup")
    if "style" in page.attributes:
        wrong.append("a style of its own")
    return wrong


def _text(answer: Answered) -> str:
    return answer.body.decode("utf-8", "replace")
