"""Settings: the address is written as browsers write it, and a provider is configured wholly or not at all."""

from pathlib import Path

import pytest

from app import config
from app.config import Oidc, SettingError, from_environment
from app.domain.account import Role


def base_url(tmp_path: Path, typed: str) -> str:
    """The address that a typed PEJLING_BASE_URL becomes."""
    return from_environment({"PEJLING_DATA": str(tmp_path), "PEJLING_BASE_URL": typed}).base_url


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://pejling.example.dk", "https://pejling.example.dk"),
        ("https://Pejling.Example.DK/", "https://pejling.example.dk"),
        ("https://pejling.example.dk:443", "https://pejling.example.dk"),
        ("http://10.0.0.5:80", "http://10.0.0.5"),
        ("http://10.0.0.5:443", "http://10.0.0.5:443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_is_the_origin_that_a_browser_sends(tmp_path: Path, typed: str, origin: str) -> None:
    assert base_url(tmp_path, typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "pejling.dk",
        "ftp://p.dk",
        "http://",
        "http://p.dk/sti",
        "http://p.dk?x",
        "http://p.dk#x",
        "http://u:p@p.dk",
        "http://x:abc",
    ],
)
def test_an_address_with_anything_more_is_refused(tmp_path: Path, typed: str) -> None:
    with pytest.raises(SettingError, match="PEJLING_BASE_URL skal ligne"):
        base_url(tmp_path, typed)


def test_contact_and_declaration_are_taken_as_typed_and_may_be_missing(tmp_path: Path) -> None:
    data = {"PEJLING_DATA": str(tmp_path)}
    typed = {"PEJLING_CONTACT": "dpo@fjordby.dk", "PEJLING_WAS_URL": "https://was.digst.dk/fjordby"}
    unset, both = from_environment(data), from_environment({**data, **typed})
    assert (unset.contact, unset.was_url) == (None, None)
    assert (both.contact, both.was_url) == tuple(typed.values())


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("PEJLING_CONTACT", "fjordby.dk", "skal være en e-mailadresse"),
        ("PEJLING_CONTACT", "a@b.dk\nExpires: never", "skal være en e-mailadresse"),
        ("PEJLING_CONTACT", "https://fjordby.dk", "skal være en e-mailadresse"),
        ("PEJLING_WAS_URL", "http://was.digst.dk/fjordby", "skal begynde med https://"),
        ("PEJLING_WAS_URL", "https://", "skal begynde med https://"),
        ("PEJLING_WAS_URL", "https://was.digst.dk/a b", "skal begynde med https://"),
    ],
)
def test_a_contact_or_a_declaration_that_leads_nowhere_is_refused(
    tmp_path: Path, name: str, typed: str, sentence: str
) -> None:
    with pytest.raises(SettingError, match=f"{name} {sentence}"):
        from_environment({"PEJLING_DATA": str(tmp_path), name: typed})


PROVIDER = {"ISSUER": "https://login.example.dk", "CLIENT": "pejling", "SECRET": "hemmelig"}


def provider(tmp_path: Path, **changed: str) -> Oidc | None:
    """What the settings of a provider become, with some of them changed."""
    typed = {f"PEJLING_OIDC_{name}": value for name, value in {**PROVIDER, **changed}.items()}
    return from_environment({"PEJLING_DATA": str(tmp_path), **typed}).oidc


def test_a_provider_is_configured_by_three_settings_and_the_rest_have_defaults(tmp_path: Path) -> None:
    assert provider(tmp_path) == Oidc(
        "https://login.example.dk", "pejling", "hemmelig", "kommunens login", "email", "roles"
    )
    chosen = {"NAME": "Fjordby", "LOGIN": "upn", "ROLES": "groups", "MAP": "ssp=consultant, a=b=teacher"}
    made = provider(tmp_path, **chosen)
    assert made is not None
    assert (made.name, made.login_claim, made.role_claim) == ("Fjordby", "upn", "groups")
    assert made.roles == (("ssp", Role.CONSULTANT), ("a=b", Role.TEACHER))
    assert "hemmelig" not in repr(made)
    assert provider(tmp_path, ISSUER="", CLIENT="", SECRET="") is None


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.example.dk/realms/a",
        "https://a.dk/",
        "http://localhost:9400",
        "http://127.0.0.1:1",
        "http://[::1]",
    ],
)
def test_an_issuer_is_kept_to_the_letter(tmp_path: Path, issuer: str) -> None:
    made = provider(tmp_path, ISSUER=issuer)
    assert made is not None
    assert made.issuer == issuer


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET": ""}, "PEJLING_OIDC_SECRET mangler"),
        ({"ISSUER": "", "CLIENT": ""}, "PEJLING_OIDC_ISSUER og PEJLING_OIDC_CLIENT mangler"),
        ({"ISSUER": "login.example.dk"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "http://login.example.dk"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "https://"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "https://a.dk?x=1"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "https://a.dk#x"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "https://u:p@a.dk"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "https://a.dk:abc"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"ISSUER": "https://[::1"}, "PEJLING_OIDC_ISSUER skal ligne"),
        ({"MAP": "ssp"}, "PEJLING_OIDC_MAP skal ligne"),
        ({"MAP": "ssp=politi"}, "PEJLING_OIDC_MAP skal ligne"),
        ({"MAP": "=teacher"}, "PEJLING_OIDC_MAP skal ligne"),
        ({"MAP": "ssp=consultant,"}, "PEJLING_OIDC_MAP skal ligne"),
        ({"ROLES": "groups"}, "PEJLING_OIDC_MAP mangler"),
    ],
)
def test_half_a_provider_is_refused(tmp_path: Path, changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingError, match=sentence):
        provider(tmp_path, **changed)


@pytest.mark.parametrize("package", ["authlib", "requests"])
def test_a_provider_without_the_part_that_talks_to_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setattr(config, "find_spec", lambda name: None if name == package else object())
    with pytest.raises(SettingError, match=r"Authlib mangler: pip install -r requirements-server\.lock"):
        provider(tmp_path)
    assert provider(tmp_path, ISSUER="", CLIENT="", SECRET="") is None
