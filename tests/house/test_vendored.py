"""The files of others are listed with their licence, and are what they were."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"\| `([^`]+)` \| [^|]+ \| (MIT|MPL-2\.0) \| `([0-9a-f]{64})` \|")


def test_every_file_of_others_is_listed_and_unchanged() -> None:
    listed = {match[1]: match[3] for match in ROW.finditer((ROOT / "docs/vendored.md").read_text(encoding="utf-8"))}
    there = [*ROOT.glob("static/vendor/*"), *ROOT.glob("tests/vendor/*")]
    licences = {path for path in there if path.name.endswith(".LICENSE.txt")}
    assert len(licences) == 2
    found = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in set(there) - licences
    }
    assert found == listed
