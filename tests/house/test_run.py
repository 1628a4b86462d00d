"""`make run LAN=1`: what it prints can be reached by another device."""

import os
import re
import subprocess
import sys
from pathlib import Path

from app.config import SettingError, network_address

PEJLING = Path(sys.executable).parent / "pejling"


def test_every_printed_address_is_the_machines_own_on_its_network(tmp_path: Path, free_port: int) -> None:
    environment = {**os.environ, "PEJLING_DATA": str(tmp_path), "PEJLING_BASE_URL": "http://elsewhere.example"}
    command = [PEJLING, "demo", "--lan", "--port", str(free_port)]
    try:
        address = network_address()
    except SettingError:
        refused = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        assert (refused.returncode, "ikke på et netværk" in refused.stderr) == (1, True)
        return
    printed = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            printed += re.findall(r"http://\S+", line)
            if line.startswith("Elever:"):
                break
        demo.terminate()
    assert len(printed) > 7
    assert {text.split("/")[2] for text in printed} == {f"{address}:{free_port}"}
    assert not address.startswith("127.")
