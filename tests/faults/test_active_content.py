"""Hostile raw data in a browser: no page of the site, nor a paper, runs, loads or links to any of it."""

import re
import shutil

import pytest
from conftest import compendium
from helpers import CITY, ROOT, make_project

HOSTILE = (
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 1">',
    "<svg onload=window.hit=1>",
    "[klik](javascript:window.hit=1)",
    "{{< include /etc/hostname >}}",
    '`#read("/etc/hostname")`{=typst}',
    "</style><style>body{display:none}</style>",
    "{{ 7 * 7 }}",
)
INSPECT = """() => ({
  hit: window.hit ?? null,
  handlers: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(
    a => a.name.startsWith('on') || /^\\\\s*javascript:/i.test(a.value)).map(a => `${e.tagName} ${a.name}`)),
  foreign: [...document.querySelectorAll('script[src], img[src], iframe, object, embed')].map(
    e => e.getAttribute('src') ?? e.tagName).filter(
    s => !s.startsWith('data:') && /^(x$|https?:|IFRAME|OBJECT|EMBED)/.test(s)),
  shown: getComputedStyle(document.body).display,
  text: document.body.textContent,
})"""


@pytest.fixture
def hostile(tmp_path):
    """A project with a tiny city whose integrations and texts are attacks."""

    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    rows = "".join(f"{quoted(attack)},Sehat,{quoted(attack)}\n" for attack in HOSTILE)
    project = make_project(tmp_path / "project", integrations=f"application,integrated_with,locator\n{rows}")
    for name in ("notebooks", "paper"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CITATION.cff", project)
    result = compendium(project, "build", CITY, "--renderer", "embedded")
    assert result.returncode == 0, result.stderr
    return project


@pytest.mark.slow("builds a city with its site and opens every page; literal text is tested always")
def test_nothing_that_was_typed_into_raw_data_is_active_on_any_page(hostile, open_page):
    pages = [*(hostile / "build/site").rglob("*.html"), *(hostile / f"build/{CITY}").glob("*.html")]
    pages += (hostile / f"build/{CITY}/paper").glob("*.html")
    seen = ""
    for path in pages:
        page = open_page(path)
        found = page.evaluate(INSPECT)
        seen += found.pop("text")
        assert (found["hit"], found["handlers"], found["foreign"]) == (None, [], []), path
        assert found["shown"] != "none", path
        assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
        page.close()
    assert [attack for attack in HOSTILE if attack not in seen] == []
    assert "49" not in seen.partition("{{ 7 * 7 }}")[2][:20]


def test_no_template_takes_a_value_for_markup():
    """Only words of a template itself are taken as they stand; what is drawn is marked in the code."""
    templates = sorted((ROOT / "src/analysis").glob("*/templates/*.html"))
    found = [
        (path.name, found) for path in templates for found in re.findall(r'[^"]\|\s*safe\b', path.read_text())
    ]
    assert templates and found == []
