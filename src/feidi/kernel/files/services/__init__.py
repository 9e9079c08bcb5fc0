"""Verbs of files."""

from feidi.kernel.files.services.erasing import erase_file
from feidi.kernel.files.services.opening import OpenedFile, download_headers, open_file, path_of
from feidi.kernel.files.services.uploads import Upload, store_upload, take_upload, void_file

__all__ = [
    "OpenedFile",
    "Upload",
    "download_headers",
    "erase_file",
    "open_file",
    "path_of",
    "store_upload",
    "take_upload",
    "void_file",
]
