"""Settings from the environment, read once and refused early with a sentence that says what to do."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from app.domain.account import Role

MIN_SECRET = 32
OIDC_NAME, OIDC_LOGIN, OIDC_ROLES = "kommunens login", "email", "roles"
_DEFAULT_PORT = {"http": 80, "https": 443}


class SettingError(ValueError):
    """A setting that cannot be used; the message is for the person who runs the server, in Danish."""


@dataclass(frozen=True, slots=True)
class Oidc:
    """The provider that staff may sign in with. `issuer` is as it was typed: tokens name it to the letter.

    `roles` is what the claim `role_claim` may say, by what it means here; empty where the provider says no roles.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str = OIDC_NAME
    login_claim: str = OIDC_LOGIN
    role_claim: str = OIDC_ROLES
    roles: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url` is the address that pupils and teachers use: links, host, scheme and cookie names follow it.

    `metrics_token` opens /metrics to a monitor; without it there is no such page.
    `contact` is the e-mail address that the public pages name, `was_url` the accessibility declaration's address."""

    database_url: str
    keys: Path
    base_url: str
    secret_key: bytes | None = None
    demo: bool = False
    metrics_token: str | None = field(default=None, repr=False)
    contact: str | None = None
    was_url: str | None = None
    oidc: Oidc | None = None

    @property
    def https(self) -> bool:
        """Whether pupils reach the server by TLS."""
        return self.base_url.startswith("https://")


def resource_root() -> Path:
    """The folder of templates/, static/ and surveys/: beside the package in a wheel, above it in a checkout."""
    bundled = Path(__file__).parent / "_bundled"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent


def from_environment(environment: Mapping[str, str], *, base_url: str | None = None) -> Settings:
    """The settings; `base_url` is used where PEJLING_BASE_URL is not set. Raises SettingError."""
    data = Path(environment.get("PEJLING_DATA") or "data").absolute()
    keys = Path(environment.get("PEJLING_KEYS") or data / "keys").absolute()
    _usable_folder(data, "PEJLING_DATA")
    secret = _secret(environment.get("PEJLING_SECRET_KEY"), "PEJLING_SECRET_KEY")
    return Settings(
        database_url=_database_url(environment.get("PEJLING_DATABASE_URL") or f"sqlite:///{data / 'pejling.sqlite'}"),
        keys=_usable_folder(keys, "PEJLING_KEYS"),
        base_url=_base_url(environment.get("PEJLING_BASE_URL") or base_url or "http://127.0.0.1:8000"),
        secret_key=secret.encode() if secret else None,
        metrics_token=_secret(environment.get("PEJLING_METRICS_TOKEN"), "PEJLING_METRICS_TOKEN"),
        demo=_switch(environment.get("PEJLING_DEMO", ""), "PEJLING_DEMO"),
        contact=_contact(environment.get("PEJLING_CONTACT")),
        was_url=_was_url(environment.get("PEJLING_WAS_URL")),
        oidc=_oidc(environment),
    )


def serving_address(host: str, port: int, environment: Mapping[str, str]) -> str:
    """The base address of a server at host and port. Raises SettingError where it cannot be guessed."""
    if not 0 < port < 65536:
        raise SettingError(f"Porten skal være et tal fra 1 til 65535, men er {port}.")
    if not _loopback(host) and not environment.get("PEJLING_BASE_URL"):
        raise SettingError(f"PEJLING_BASE_URL mangler. Når du lytter på {host}, skal den være elevernes adresse.")
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def network_address() -> str:
    """The address that other devices on this machine's network reach it at. Raises SettingError where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: only the route is chosen, nothing is sent
        except OSError:
            raise SettingError("Maskinen er ikke på et netværk. Slut den til, og prøv igen.") from None
        return str(probe.getsockname()[0])


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _oidc(environment: Mapping[str, str]) -> Oidc | None:
    names = [f"PEJLING_OIDC_{part}" for part in ("ISSUER", "CLIENT", "SECRET")]
    issuer, client, secret = (environment.get(name, "") for name in names)
    missing = [name for name in names if not environment.get(name)]
    if len(missing) == len(names):
        return None
    if missing:
        raise SettingError(f"{' og '.join(missing)} mangler. {', '.join(names)} skal sættes alle tre eller slet ikke.")
    if not all(find_spec(package) for package in ("authlib", "requests")):
        raise SettingError("PEJLING_OIDC_ISSUER er sat, men Authlib mangler: pip install -r requirements-server.lock.")
    roles = _role_map(environment.get("PEJLING_OIDC_MAP", ""))
    if environment.get("PEJLING_OIDC_ROLES") and not roles:
        raise SettingError(
            "PEJLING_OIDC_ROLES er sat, men PEJLING_OIDC_MAP mangler, så rollerne ville ikke blive set på."
        )
    return Oidc(
        _issuer(issuer),
        client,
        secret,
        environment.get("PEJLING_OIDC_NAME") or OIDC_NAME,
        environment.get("PEJLING_OIDC_LOGIN") or OIDC_LOGIN,
        environment.get("PEJLING_OIDC_ROLES") or OIDC_ROLES,
        roles,
    )


def _issuer(text: str) -> str:
    try:
        address = urlsplit(text)
        host = address.hostname or ""
        more = address.query or address.fragment or address.username or address.port == 0
    except ValueError:
        raise _bad_issuer(text) from None
    plain = address.scheme == "http" and _loopback(host)
    if not host or more or not (address.scheme == "https" or plain):
        raise _bad_issuer(text)
    return text


def _bad_issuer(text: str) -> SettingError:
    return SettingError(f"PEJLING_OIDC_ISSUER skal ligne https://login.example.dk, men er {text!r}.")


def _role_map(text: str) -> tuple[tuple[str, Role], ...]:
    pairs = [pair.rpartition("=") for pair in text.split(",") if text]
    if any(not said.strip() or role.strip() not in set(Role) for said, _, role in pairs):
        known = ", ".join(Role)
        raise SettingError(
            f"PEJLING_OIDC_MAP skal ligne ssp=consultant,laerer=teacher, men er {text!r}. Rollerne er {known}."
        )
    return tuple((said.strip(), Role(role.strip())) for said, _, role in pairs)


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingError("PEJLING_DATABASE_URL skal begynde med sqlite:/// eller postgresql://.")
    return text


def _base_url(text: str) -> str:
    try:
        address = urlsplit(text)
        port = address.port
    except ValueError:
        address, port = urlsplit(""), None
    more = address.path.strip("/") or address.query or address.fragment or address.username
    if address.scheme not in ("http", "https") or not address.hostname or more:
        raise SettingError(f"PEJLING_BASE_URL skal ligne https://pejling.example.dk, men er {text!r}.")
    # As a browser writes it, or the origin that it sends would be taken for another site's.
    host = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    return f"{address.scheme}://{host}" + (f":{port}" if port not in (None, _DEFAULT_PORT[address.scheme]) else "")


def _secret(text: str | None, name: str) -> str | None:
    if not text:
        return None
    if len(text) < MIN_SECRET:
        raise SettingError(f"{name} skal have mindst {MIN_SECRET} tegn.")
    return text


def _contact(text: str | None) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text, re.ASCII):
        raise SettingError(f"PEJLING_CONTACT skal være en e-mailadresse, men er {text!r}.")
    return text


def _was_url(text: str | None) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"https://[\w-][^\s\\]*", text, re.ASCII):
        raise SettingError(f"PEJLING_WAS_URL skal begynde med https://, men er {text!r}.")
    return text


def _switch(text: str, name: str) -> bool:
    if text not in ("", "0", "1"):
        raise SettingError(f"{name} skal være 0 eller 1, men er {text!r}.")
    return text == "1"


def _usable_folder(folder: Path, name: str) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink(missing_ok=True)  # another process may have been here at the same moment
    except OSError as error:
        raise SettingError(f"{name}: der kan ikke skrives i mappen {folder} ({error.strerror}).") from None
    return folder
