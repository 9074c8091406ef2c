"""Everything that a build installs has a licence that is listed and allows what we do with it."""

import re
from importlib.metadata import metadata

import licences
from conftest import ROOT

PERMISSIVE = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|Unlicense")
EXPLAINED = {"text-unidecode", "certifi", "fqdn", "pathspec", "tqdm"}
"""Packages whose licences the document explains one by one."""
DOCUMENT = (ROOT / "docs/licences.md").read_text("utf-8")
LISTED = dict(re.findall(r"^\| ([a-z0-9_.-]+) \| (.+) \|$", DOCUMENT, re.MULTILINE))
INSTALLED = licences.installed()


def test_the_licences_of_what_is_installed_are_listed_as_its_metadata_say():
    assert {name: LISTED.get(name) for name in INSTALLED} == INSTALLED


def test_every_package_says_under_which_licence_it_is():
    names = re.findall(r"^([a-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    unnamed = [name for name in names if name not in INSTALLED and _is_here(name)]
    assert unnamed == []


def test_nothing_copyleft_is_imported_unless_it_is_explained():
    other = {name for name, said in LISTED.items() if "GNU" in said or not PERMISSIVE.search(said)}
    mozilla = {name for name, said in LISTED.items() if "MPL" in said or "Mozilla" in said}
    assert other | mozilla == EXPLAINED
    assert all(name in DOCUMENT.split("| Package |")[0] for name in (*EXPLAINED, "pandoc", "krippendorff"))


def _is_here(name):
    try:
        return bool(metadata(name))
    except licences.PackageNotFoundError:
        return False
