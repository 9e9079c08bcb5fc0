"""The same host rows and folder as the files use."""

from tests.kernel.files.conftest import _host_kind, files_folder

__all__ = ["_host_kind", "files_folder"]
