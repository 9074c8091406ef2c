"""Libraries that cannot be loaded."""

from analysis.language.unloadable import sentence


def test_the_reason_that_others_hide_is_told():
    hidden = ImportError("libgomp.so.1: cannot open shared object file")
    hiding = ImportError("Unable to import required dependency numpy. Please see the traceback for details.")
    hiding.__cause__ = hidden
    assert sentence(hiding, "en") == f"A library cannot be loaded: {hidden}"
    assert sentence(hidden, "id") == f"Sebuah pustaka tidak dapat dimuat: {hidden}"
