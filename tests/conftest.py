"""What several test files share: a copy of the project, and one finished build of it."""

import asyncio
import atexit
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright
from typer.testing import CliRunner
from xdist.scheduler import LoadScopeScheduling

from analysis.cli import app
from analysis.language.labels import LANGUAGES

ROOT = Path(__file__).parents[1]
EPOCH = "1600000000"
"""13 September 2020: a fixed "now" for the builds of the tests."""
SURROUNDINGS = {"SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
"""Environment of the commands that are run, whatever the terminal of whoever runs the tests."""
os.environ["LC_ALL"] = SURROUNDINGS["LC_ALL"]  # Also elsewhere: one forkserver serves all tests of a worker.

APART = (
    *("test_forking.py", "test_killed_builds.py", "test_mutations.py", "test_pipeline.py"),
    "test_public_shapes.py",
)
"""Long files whose tests share nothing that takes long to make: any worker takes any of them, at the end."""

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
EMBEDDED = ("--renderer", "embedded", "--no-site")
"""Options of builds whose pages are not looked at."""
WIDTHS = {"desk": 1280, "phone": 390}
"""Widths of windows that pages are opened in."""
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

gc.set_threshold(700, 10, 100)  # Looking for garbage among everything took a fifth of the time of many tests.

# How long an example takes says more about the machine than about the code.
UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=30, **UNTIMED)
settings.register_profile("thorough", max_examples=100, **UNTIMED)
settings.load_profile("quick")

if "COMPENDIUM_OUTBOX" not in os.environ:
    # Notebooks that nbval runs save their results here and not into the project.
    os.environ["COMPENDIUM_OUTBOX"] = tempfile.mkdtemp(prefix="compendium-outbox-")
    atexit.register(shutil.rmtree, os.environ["COMPENDIUM_OUTBOX"], ignore_errors=True)


class Balanced(LoadScopeScheduling):
    """Gives tests to the workers file by file, the largest first: those of a file share what they need."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return nodeid if file.endswith(APART) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """Balance the tests where no other distribution is asked for."""
    return Balanced(config, log) if config.getvalue("dist") == "load" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no test be left out of `make test` without a reason."""
    for item in items:
        for mark in item.iter_markers("slow"):
            assert mark.args and all(mark.args), (
                f"{item.nodeid}: why is it slow, and what is it left out for?"
            )


def pytest_collection_finish() -> None:
    """Have the garbage collector leave out what stays: all modules and tests."""
    gc.freeze()


def copy_project(folder: Path) -> Path:
    """Copy what a build needs: notebooks, raw data, paper sources."""
    for name in ("notebooks", "data/raw", "paper"):
        ignored = shutil.ignore_patterns(".ipynb_checkpoints", ".~lock*")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "CITATION.cff", folder)
    return folder


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def compendium(project: Path, *arguments: str, **environment: str) -> Ended:
    """Run a command in a project, in this process: what it imports and the forkserver are there already."""
    env = {**SURROUNDINGS, "COMPENDIUM_OUTBOX": None, **environment}
    with chdir(project):
        result = CliRunner().invoke(app, arguments, env=env, catch_exceptions=False)
    return Ended(result.exit_code, result.stdout, result.stderr)


def compendium_process(project: Path, *arguments: str, **environment: str) -> Ended:
    """Run the installed command in a project, as a user would, in a process of its own."""
    env = {**os.environ, **SURROUNDINGS, **environment}
    env.pop("COMPENDIUM_OUTBOX", None)
    command = [sys.executable, "-m", "analysis.cli", *arguments]
    result = subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    return Ended(result.returncode, result.stdout, result.stderr)


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    """Each of the languages: a test that asks for it runs in both."""
    language: str = request.param
    return language


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that nothing was built in."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which Bandung was built; read only. Workers share one."""
    return project_with("bandung", tmp_path_factory)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the sample city was built, its notebooks in English; read only."""
    return project_with("contoh", tmp_path_factory, "--lang", "en")


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    """A copy of that project with the pages of its site; read only. Workers share one."""
    folder = built.with_name("site-bandung")
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            shutil.copytree(built, folder)
            result = compendium(folder, "build", "bandung", "--renderer", "embedded")
            assert result.returncode == 0, result.stdout + result.stderr
    return folder


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


def project_with(city: str, tmp_path_factory: pytest.TempPathFactory, *options: str) -> Path:
    """Return a copy of the project in which a city was built, the same for all workers of this run."""
    shared = shared_folder(tmp_path_factory)
    folder = shared / f"built-{city}"
    with FileLock(shared / f"{city}.lock"):
        if not (folder / "build").exists():
            copy_project(folder)
            result = compendium(folder, "build", city, *EMBEDDED, *options)
            assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture
def rebuilt(built: Path, tmp_path: Path) -> Path:
    """A copy of the finished build that a test may change; file times are kept."""
    return Path(shutil.copytree(built, tmp_path / "rebuilt"))


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the tables of a tiny city are built; read only. Workers share one."""
    from fleets import make_cities, options  # noqa: PLC0415 - takes a second
    from helpers import CITY  # noqa: PLC0415

    from analysis.fleet.building import build_here  # noqa: PLC0415

    folder = shared_folder(tmp_path_factory) / "fleet"
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "build").exists():
            build_here(CITY, make_cities(folder), options())
    return folder


@pytest.fixture
def copy_of_finished(finished: Path, tmp_path: Path) -> Path:
    """A copy of that project which a test may change."""
    return Path(shutil.copytree(finished, tmp_path / "copy"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """A real browser, one a process, and the event loop that it needs; see `browser`."""
    if CHROMIUM is None and not os.environ.get("CI"):
        # The README promises `make test` to readers who have nothing but Python; CI must have the browser.
        pytest.skip("no Chromium on this machine: apt install chromium")
    assert CHROMIUM, "CI must have Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield browser, loop
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def browser(chromium: tuple[Browser, asyncio.AbstractEventLoop]) -> Iterator[Browser]:
    """A browser for the pages.

    Playwright leaves its event loop marked as running between calls. Here that holds only while a test has
    the browser: no other could run a loop of its own.
    """
    asyncio._set_running_loop(chromium[1])
    yield chromium[0]
    asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Tabs that no test looks at any more: a new one starts a process, which takes longer than most tests."""
    return []


@pytest.fixture
def open_page(browser: Browser, tabs: list[Page]) -> Iterator[Callable[..., Page]]:
    """Return what opens a page at a width; what it asks the network for and complains of is noted."""
    pages: list[Page] = []
    windows: list[Page] = []

    def open_page(path: Path, width: int = WIDTHS["desk"], fragment: str = "", **options: Any) -> Page:
        if options:
            windows.append(new_tab(browser, **options))
            return opened(windows[-1], path, width, fragment)
        pages.append(tabs.pop() if tabs else new_tab(browser))
        return opened(pages[-1], path, width, fragment)

    yield open_page
    tabs += (page for page in pages if not page.is_closed())
    for page in windows:
        page.context.close()


@pytest.fixture(scope="module")
def pages_seen(tabs: list[Page]) -> Iterator[dict[tuple[Path, int], Page]]:
    """The pages that tests of a file have opened to look at."""
    pages: dict[tuple[Path, int], Page] = {}
    yield pages
    tabs += pages.values()


@pytest.fixture
def see_page(
    browser: Browser, tabs: list[Page], pages_seen: dict[tuple[Path, int], Page]
) -> Callable[[Path, int], Page]:
    """Return what opens a page at a width once for all tests of a file, which only look at it."""

    def see_page(path: Path, width: int = WIDTHS["desk"]) -> Page:
        if (path, width) not in pages_seen:
            pages_seen[path, width] = opened(tabs.pop() if tabs else new_tab(browser), path, width)
        return pages_seen[path, width]

    return see_page


def new_tab(browser: Browser, **options: Any) -> Page:
    """Return an empty tab in a window of its own, which notes what a page asks for and complains of."""
    page = browser.new_context(**options).new_page()
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def opened(page: Page, path: Path, width: int, fragment: str = "") -> Page:
    """Open a page in a tab, as if it were new: whatever was there before is left first."""
    page.asked, page.complaints = [], []
    page.goto("about:blank")
    page.mouse.move(0, 0)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": width, "height": 900})
    page.asked, page.complaints = [], []
    page.goto(path.as_uri() + fragment)
    return page


def is_quiet(page: Page) -> bool:
    """Tell whether a page asked the network for nothing and complained of nothing."""
    beyond = [url for url in page.asked if not url.startswith(("file:", "data:"))]
    assert (beyond, page.complaints) == ([], [])
    return True


@pytest.fixture
def import_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """What imports bytes as a file of some name into a project with one city."""
    from helpers import open_project  # noqa: PLC0415 - takes a second
    from spreadsheet_files import BLOCK  # noqa: PLC0415

    from analysis.intake.importing import import_city  # noqa: PLC0415

    open_project(monkeypatch, tmp_path / "project")
    (tmp_path / "files").mkdir()

    def run(data: bytes, file: str = "inventaris.csv", **options: Any) -> Any:
        (tmp_path / "files" / file).write_bytes(data)
        return import_city("surabaya", tmp_path / "files" / file, city_block=BLOCK, **options)

    return run
