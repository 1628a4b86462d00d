"""The system's own programs that the recipes are for, and how a missing one is told."""

import os
import shutil

import pytest

# Debian keeps these where an ordinary user's PATH does not look.
_SYSTEM = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"


def require(name: str, lost: str) -> str:
    """The program's path. Skip the test where it is missing; fail it where nothing may be skipped."""
    found = shutil.which(name, path=_SYSTEM)
    if found is None:
        if os.environ.get("PEJLING_NO_SKIP"):
            pytest.fail(f"{name} is missing")
        pytest.skip(f"{name} is missing: {lost}")
    return found
