"""Settings: the address is written as browsers write it, whatever was typed."""

from pathlib import Path

import pytest

from app.config import SettingError, from_environment


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
