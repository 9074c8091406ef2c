"""Import jsonschema without the grammar of internationalised addresses: importing this module does it.

Where that optional grammar is installed, as with JupyterLab, jsonschema builds a parser from it at once, in a
second and a half, for a format of text that no schema of notebooks or data packages asks for.
"""

from __future__ import annotations

import sys
from importlib import import_module

GRAMMAR = "rfc3987_syntax"

if not {"jsonschema", GRAMMAR} & sys.modules.keys():
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]  # so that importing it fails
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[GRAMMAR]
