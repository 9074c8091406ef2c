"""Run one notebook: check its parameters, execute it in a kernel of its own, keep what it showed."""

import ast
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.execution import lean_jsonschema  # noqa: F401 - before nbformat, which imports jsonschema

# isort: split
import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.execution.kernels import Kernels
from analysis.execution.notebook_error import NotebookError
from analysis.execution.provisioner import manager, socket_folder

ENGINE = "compendium"
TERMINAL = {"COLUMNS": "80", "LINES": "24"}
"""The size that a notebook's tables are laid out for, which pandas asks the terminal for."""
CELL_TIMEOUT = 600
"""Seconds that a cell may take; papermill's default is unlimited."""
START_TIMEOUT = 60
STRICT = f"{__package__}.strict_shell"
"""What lets a failing command fail its cell."""
ANSI = re.compile(r"\x1b\[[0-9;]*m")

Parameters = Mapping[str, str | int | bool]


class _Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine, with working directory and environment of the kernel.

    Papermill's own ``cwd`` changes the directory of the whole process, which threads share.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: Path,
        env: dict[str, str],
        log: Path,
        kernels: Kernels,
        seen: list[Any],
        **_: Any,
    ) -> None:
        seen.append(nb_man.nb)
        with socket_folder() as sockets, log.open("wb") as stream:
            client = PapermillNotebookClient(
                nb_man,
                km=manager(sockets, kernels),
                timeout=CELL_TIMEOUT,
                startup_timeout=START_TIMEOUT,
                resources={"metadata": {"path": str(folder)}},
                record_timing=False,
                coalesce_streams=True,  # Else it depends on the moment how a text is cut in parts.
                extra_arguments=[
                    "--IPKernelApp.ignore_cwd=True",
                    f"--IPKernelApp.extensions={STRICT}",
                    # What a person has every session begin with is not the notebook's.
                    f"--IPKernelApp.ipython_dir={sockets or log.parent}",
                    "--IPKernelApp.exec_PYTHONSTARTUP=False",
                ],
            )
            client.execute(env=env, stdout=stream, stderr=stream, cleanup_kc=True)


papermill_engines.register(ENGINE, _Engine)


def execute(
    notebook: Path, parameters: Parameters, executed: Path, env: Mapping[str, str], kernels: Kernels
) -> None:
    """Execute a notebook in a new kernel.

    Parameters
    ----------
    notebook : Path
        The notebook; its folder is the kernel's working directory.
    parameters : mapping
        Values for names that the notebook's ``parameters`` cell assigns.
    executed : Path
        Where the executed notebook is written, also when it failed; the kernel's log goes beside it.
    env : mapping of str to str
        Environment variables that the kernel has besides those of this process.
    kernels : Kernels
        How the kernel is started.

    Raises
    ------
    NotebookError
        When a parameter is unknown or there is no ``parameters`` cell (no kernel is started then), when a
        cell fails or takes more than `CELL_TIMEOUT` seconds, or when the kernel dies or does not start.
    """
    node = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    unknown = sorted(set(parameters) - declared_parameters(notebook, node))
    if unknown:
        raise NotebookError(notebook, "unknown_parameter", ", ".join(unknown))
    seen: list[Any] = []
    log = executed.with_suffix(".log")
    executed.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            node,
            None,
            parameters=dict(parameters),
            engine_name=ENGINE,
            progress_bar=False,
            folder=notebook.parent,
            env={**os.environ, **TERMINAL, **env},
            log=log,
            kernels=kernels,
            seen=seen,
        )
    except PapermillExecutionError as error:
        message = ANSI.sub("", str(error.evalue))
        is_plain = list(error.traceback) == str(error.evalue).splitlines()
        detail = message if is_plain else f"{error.ename}: {message}"
        raise NotebookError(notebook, "cell_failed", detail, error.source, executed) from error
    except CellTimeoutError as error:
        raise NotebookError(notebook, "cell_too_long", f"{CELL_TIMEOUT} s", executed=executed) from error
    except RuntimeError as error:  # `DeadKernelError` once cells run, before that one without a name.
        raise NotebookError(notebook, "kernel_died", _last_words(log), executed=executed) from error
    finally:
        for result in seen:
            _write(executed, nbformat.writes(_lasting(result)))  # type: ignore[no-untyped-call]


def declared_parameters(path: Path, node: nbformat.NotebookNode) -> set[str]:
    """Return the names that the one cell tagged ``parameters`` assigns.

    Raises
    ------
    NotebookError
        When not exactly one cell has the tag.
    """
    tagged = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(path, "parameters_cells", str(len(tagged)))
    assigned = ast.walk(ast.parse(tagged[0].source))
    return {name.id for name in assigned if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}


def _last_words(log: Path) -> str:
    """Return the last line that a kernel wrote beside its messages, "" if none: for most, why it ended."""
    lines = log.read_text("utf-8", errors="replace").split("\n") if log.is_file() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _lasting(node: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Drop papermill's record of the run: it has times, a copy of the notebook, and a random id."""
    for number, part in enumerate([node, *node.cells]):
        part.metadata.pop("papermill", None)
        if "injected-parameters" in part.metadata.get("tags", []):
            part["id"] = f"injected-{number}"
    return node


def _write(path: Path, document: str) -> None:
    """Write a file complete or not at all; an error says which, as that of a full disk does not."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(document.encode("utf-8"))
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        error.filename, error.filename2 = str(path), None
        raise
