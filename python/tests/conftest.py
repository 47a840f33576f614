import os
import subprocess

import pytest


@pytest.fixture
def program(tmp_path):
    """The program diglot, in a folder of the test's own."""
    def run(*arguments):
        subprocess.run([os.environ.get("DIGLOT_PROGRAM", "diglot"), *arguments], cwd=tmp_path, check=True)
    return run
