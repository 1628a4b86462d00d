"""LibreOffice, set to Danish, as the schools' offices use it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

WRITER = "libswlo.so"

_DANISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>da-DK</value></prop></item></oor:items>
"""


def require(part: str = "soffice") -> None:
    """Skip the test where there is no LibreOffice, or not this part of it; fail it where nothing may be skipped."""
    program = shutil.which("soffice")
    if program is None or not (Path(program).resolve().parent / part).exists():
        if os.environ.get("PEJLING_NO_SKIP"):
            pytest.fail(f"LibreOffice is missing, or its {part}")
        pytest.skip("LibreOffice is missing: files as it saves them were not looked at")


def convert(source: Path, kind: str, *options: str) -> Path:
    """A file saved again as another kind ("xlsx", "pdf", or a filter with its options), in a folder of its own."""
    to, profile = source.parent / "saved", source.parent / "profile"
    shutil.rmtree(to, ignore_errors=True)
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_DANISH, encoding="utf-8")
    installation = f"-env:UserInstallation={profile.as_uri()}"
    command = ["soffice", installation, "--headless", *options, "--convert-to", kind, "--outdir", to, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (file,) = to.iterdir()
    return file
