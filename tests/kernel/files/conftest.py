"""The host kind, and a folder for uploads of each test's own."""

import pytest

from tests.kernel.files import hosts


@pytest.fixture(autouse=True)
def _host_kind():
    with hosts.host_kind():
        yield


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FEIDI_FILES = tmp_path / "files"
    return settings.FEIDI_FILES
