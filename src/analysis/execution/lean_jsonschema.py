"""Import jsonschema without the grammar of internationalised addresses, as a side effect of this module.

Where that optional grammar is installed, as with JupyterLab, jsonschema builds a parser from it at once. That
takes 1.5 seconds, for a text format that no schema of notebooks or data packages uses.
"""

import sys
from importlib import import_module

GRAMMAR = "rfc3987_syntax"

if not {"jsonschema", GRAMMAR} & sys.modules.keys():
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]  # so that importing it fails
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[GRAMMAR]
