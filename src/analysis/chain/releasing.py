"""Put what may be published of a city into one folder; nothing of it, as long as it holds personal data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import yaml

from analysis.language.problems import Problem, RawDataError
from analysis.privacy import personal
from analysis.privacy.patterns import Found
from analysis.privacy.personal import ALLOWED, PARTS
from analysis.privacy.texts import Said
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.project.inert_csv import inert

KEPT_BACK = ("source",)
"""Folders of a raw package that are never published: they hold what others gave."""
PAGES = ("ledger.id.html", "ledger.en.html", "ledger.id.pdf", "ledger.en.pdf", "certificate.pdf")
MOST_NAMED = 5
"""Files that are named where a text that looks personal stands in several."""
SITES = ("build/site/en", "build/site/id")


def allow(city: City, text: str, reason: str, role: str) -> None:
    """List a text that looks personal as one that may be published, with reason and role.

    Raises
    ------
    RawDataError
        When one of the three is blank.
    """
    entry = dict(zip(PARTS, (part.strip() for part in (text, reason, role)), strict=True))
    if not personal.is_allowance(entry):
        blank = ", ".join(part for part in PARTS if not entry[part])
        raise RawDataError(city.name, [Problem("release.blank", ALLOWED, found=blank)])
    listed = {**personal.allowances(city), entry["text"].casefold(): entry}
    document = {"allowed": list(listed.values())}
    write_text(city.raw / ALLOWED, yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000))


def release(city: City, folder: Path) -> list[str]:
    """Fill `folder` with what may be published of a city, which is built: all of it, or nothing.

    That is the raw package without copies of sources, tables (of which a spreadsheet program takes no cell
    for a formula), papers, reports, and pages of the site that were built; their places in the folder are
    returned. An earlier release in the folder is replaced.

    Raises
    ------
    RawDataError
        Naming all that looks personal and is not allowed, what has to be built first, or another folder.
    """
    files = dict(sorted(_files(city)))
    if missing := [
        name for name in ("data", "paper") if not any(one.startswith(f"{name}/") for one in files)
    ]:
        raise RawDataError(
            city.name, [Problem("release.unbuilt", name, expected=city.name) for name in missing]
        )
    if problems := list(_personal(city, files)):
        raise RawDataError(city.name, problems)
    if folder.exists() and not (folder / MARK).is_file():
        raise RawDataError(city.name, [Problem("release.taken", folder.name)])
    fresh = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        _fill(fresh, files)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return list(files)


def _fill(folder: Path, files: dict[str, Path]) -> None:
    """Copy files to their places in a folder, with a list of them."""
    for name, path in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name.startswith("data/") and name.endswith(".csv"):
            (folder / name).write_bytes(inert(path.read_bytes()))
        else:
            shutil.copyfile(path, folder / name)
    write_text(folder / MARK, "".join(f"{name}\n" for name in files))


MARK = "FILES.txt"
"""List of a release's files; by it, a folder is known as one."""


def _files(city: City) -> Iterator[tuple[str, Path]]:
    """Yield what may be published, by its place in the release."""
    for name, folder in (("raw", city.raw), ("data", city.processed), ("paper", city.papers)):
        for path in folder.rglob("*") if folder.is_dir() else ():
            place = path.relative_to(folder)
            # What an editor keeps beside a file is hidden, as are its former contents.
            is_hidden = any(part.startswith(".") for part in place.parts)
            is_back = is_hidden or (name == "raw" and (path.is_symlink() or place.parts[0] in KEPT_BACK))
            if path.is_file() and not is_back:
                yield f"{name}/{place.as_posix()}", path
    for name in PAGES:
        if (city.build / name).is_file():
            yield name, city.build / name
    for site in SITES:
        folder = city.root / site / city.name
        for path in folder.rglob("*") if folder.is_dir() else ():
            if path.is_file():
                yield f"site/{Path(site).name}/{path.relative_to(folder).as_posix()}", path


def _personal(city: City, files: dict[str, Path]) -> Iterator[Problem]:
    """Yield one problem for each text that looks personal and is not allowed.

    It names the files that hold it, those of the raw data first, and how many more there are.
    """
    held: dict[Found, dict[str, Said]] = {}
    for name in sorted(files, key=lambda name: not name.startswith("raw/")):
        if files[name].name != ALLOWED:
            for one, said in personal.found_in(city, files[name]):
                held.setdefault(one, {}).setdefault(name, said)
    for one, places in held.items():
        name, said = next(iter(places.items()))
        others = len(places) - MOST_NAMED
        where = ", ".join(list(places)[:MOST_NAMED]) + (f" (+{others})" if others > 0 else "")
        cell = (said.row, said.column) if name.startswith("raw/") else (None, "")
        yield Problem(f"personal.{one.kind}", where, *cell, found=one.shown, expected=city.name)


def usual_folder(city: City) -> Path:
    """Return where a release goes unless somebody says otherwise."""
    return cities.project_root() / "build" / "release" / city.name
