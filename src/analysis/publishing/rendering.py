"""Render one staged paper to HTML, PDF and DOCX.

Two renderers make the same three files from the same staged folder: Quarto where it is
installed, otherwise the embedded one (pandoc with ``templates/quarto.lua`` in
Quarto's place, Typst for the PDF); ``templates/shape.lua`` gives the documents of both one look.
A staged paper is complete or it is refused: whatever does not resolve in it is a problem, all
problems are named at once, and outputs of an earlier run stay as they were.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pypandoc
import typst
from babel.dates import format_date

from analysis.language.problems import Problem
from analysis.project.cities import read_yaml
from analysis.publishing import renderers
from analysis.publishing.paper_problems import PaperError, problem_of

FORMATS = ("html", "pdf", "docx")

# Babel's plain "en" writes American dates.
DATE_LOCALES = {"en": "en_GB"}

SHAPING = "--lua-filter=../templates/shape.lua"
PANDOC_READING = (
    "article.qmd",
    "--from=../templates/quarto.lua",
    "--to=json",
    "--metadata-file=../_common.yml",
    "--metadata-file=_quarto.yml",
    # Before the literature: what it leaves of a citation are references.
    "--lua-filter=../templates/quarto.lua",
    "--citeproc",
    SHAPING,
)
PANDOC_FORMATS = {
    "html": (
        "--to=html",
        "--template=../templates/article.html",
        "--css=../templates/article.css",
        "--toc",
        "--number-sections",
        "--embed-resources",
    ),
    # Typst's own quotes would also turn quotes that the text means literally; citations are resolved.
    "pdf": ("--to=typst-smart-citations", "--template=../templates/article.typ"),
    "docx": ("--to=docx", "--reference-doc=reference.docx"),
}

QUARTO_LOG_PROBLEM = re.compile(r"^\W*(?:WARN|WARNING|ERROR)\b.*|.*\bnot found\b.*")
QUARTO_TEXT_PROBLEM = re.compile(
    "\ue002"
    r"\?var:[\w.-]+"
    r"|\?@[\w-]+"
    # The class alone also stands in Quarto's style sheet.
    r"|class=\"[^\"]*quarto-unresolved-ref[^\"]*\"[^>]*>[^<]*"
)
EMBEDDED_DATA = re.compile(r"<(script|style)\b.*?</\1>|data:[\w/+.-]+[;,][^\"')]*", re.DOTALL)
TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def choose(renderer: str) -> str:
    """Return the renderer to use, "quarto" or "embedded"; "quarto" without Quarto is a `PaperError`."""
    if renderer == "quarto" and shutil.which("quarto") is None:
        raise PaperError([Problem("prose.quarto", "article")])
    return renderers.settled(renderer)


def render(stage: Path, out_dir: Path, lang: str, *, renderer: str, epoch: int) -> list[Path]:
    """Render a staged paper; all three outputs are replaced, or none.

    Parameters
    ----------
    stage : Path
        The folder of the paper, beside what both papers share; it is only read.
    out_dir : Path
        Where ``article.<lang>.html``, ``.pdf`` and ``.docx`` go.
    epoch : int
        Seconds since 1970 that stand for "now" in every output.

    Raises
    ------
    PaperError
        Names every unresolved variable, include, reference, citation and figure.
    """
    make = _quarto if choose(renderer) == "quarto" else _embedded
    # A fixed name inside out_dir: a rename stays within one file system, and what a killed run
    # left behind is cleared by the next one.
    scratch = out_dir.resolve() / f".article.{lang}.part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        made = make(stage.resolve(), scratch, lang, epoch)
        outputs = [out_dir / f"article.{lang}.{fmt}" for fmt in FORMATS]
        for fmt, output in zip(FORMATS, outputs, strict=True):
            made[fmt].replace(output)
        return outputs
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _embedded(stage: Path, scratch: Path, lang: str, epoch: int) -> dict[str, Path]:
    """Make the outputs with pandoc, which reads the article once and writes it in each format, and Typst."""
    tree = scratch / "article.json"
    read = [*PANDOC_READING, *_date_options(stage / "_city.yml", lang), f"--output={tree}"]
    _require(_pandoc(stage, read, epoch))
    made = {fmt: scratch / f"article.{fmt}" for fmt in FORMATS}

    def convert(fmt: str) -> list[Problem]:
        target = made[fmt].with_suffix(".typ") if fmt == "pdf" else made[fmt]
        problems = _pandoc(stage, [str(tree), SHAPING, *PANDOC_FORMATS[fmt], f"--output={target}"], epoch)
        return problems or (_typst(stage, target, made[fmt], epoch) if fmt == "pdf" else [])

    with ThreadPoolExecutor() as pool:
        _require(problem for found in pool.map(convert, FORMATS) for problem in found)
    return made


def _require(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise PaperError(found)


def _date_options(settings: Path, lang: str) -> list[str]:
    """Return the pandoc option that prints the date of the paper in words of the language."""
    day = date.fromisoformat(read_yaml(settings)["date"])
    return [f"--metadata=date:{format_date(day, 'long', locale=DATE_LOCALES.get(lang, lang))}"]


def _pandoc(stage: Path, options: list[str], epoch: int) -> list[Problem]:
    """Run pandoc in the staged folder and return the problems it met; its last option names the output."""
    log = Path(options[-1].removeprefix("--output=") + ".log")
    command = [
        pypandoc.get_pandoc_path(),
        "--standalone",
        "--wrap=none",
        "--eol=lf",
        "--fail-if-warnings",
        f"--log={log}",
        # Templates and defaults in the user's own pandoc folder must not change the papers.
        "--data-dir=../templates",
        *options,
        # Fewer garbage collections: a quarter less time for 10 MB more memory.
        *("+RTS", "-A64m", "-RTS"),
    ]
    done = _run(command, stage, epoch)
    entries = json.loads(log.read_text(encoding="utf-8")) if log.exists() else []
    complaints = [
        entry.get("message") if entry["type"] == "ScriptingWarning" else entry["pretty"]
        for entry in entries
        if entry["verbosity"] in ("WARNING", "ERROR")
    ]
    if done.returncode and not complaints:
        complaints = [f"pandoc: {done.stderr.strip() or f'exit {done.returncode}'}"]
    return [problem_of(said) for said in complaints]


def _run(command: list[str], folder: Path, epoch: int) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder so that neither clock nor locale affects its output."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def _typst(stage: Path, markup: Path, output: Path, epoch: int) -> list[Problem]:
    """Compile the Typst markup that pandoc wrote, with the fonts that Typst carries; return what is wrong."""
    try:
        compiler = typst.Compiler(markup.read_bytes(), root=stage, ignore_system_fonts=True)
        _, warnings = compiler.compile_with_warnings(output=output, format="pdf", timestamp=epoch)
    except typst.TypstError as error:
        return [problem_of(f"typst: {error.message} {error.diagnostic}".strip())]
    return [problem_of(f"typst: {warning.message}") for warning in warnings]


def _quarto(stage: Path, scratch: Path, lang: str, epoch: int) -> dict[str, Path]:
    """Make the outputs with Quarto, in a copy since it writes beside its sources."""
    copy = scratch / "stage"
    shutil.copytree(stage.parent, copy)
    quarto = shutil.which("quarto") or "quarto"
    done = _run([quarto, "render"], copy / stage.name, epoch)
    made = {fmt: copy / stage.name / "_output" / f"article.{lang}.{fmt}" for fmt in FORMATS}
    html = made["html"].read_text(encoding="utf-8") if made["html"].exists() else ""
    complaints = quarto_complaints(done.stdout + "\n" + done.stderr, html)
    if done.returncode and not complaints:
        complaints = [f"Quarto stopped with status {done.returncode}: {done.stderr.strip()}"]
    complaints += [f"Quarto made no {fmt}" for fmt, path in made.items() if not path.exists()]
    if complaints:
        raise PaperError(map(problem_of, complaints))
    return made


def quarto_complaints(log: str, html: str) -> list[str]:
    """Return what Quarto complained about, or left unresolved in the page.

    Quarto exits with 0 after an unresolved reference, variable or citation, so its output is
    read: warnings and errors of the log, and the marks it leaves in the HTML.
    """
    lines = TERMINAL_COLOUR.sub("", log).splitlines()
    complaints = [line.strip() for line in lines if QUARTO_LOG_PROBLEM.match(line)]
    prose = EMBEDDED_DATA.sub("", html)
    return complaints + [f"in the page: {m[0]}" for m in QUARTO_TEXT_PROBLEM.finditer(prose)]
