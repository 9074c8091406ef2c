"""Run one notebook: check its parameters, execute it in a kernel of its own, keep what it showed."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.execution.provisioner import manager
from analysis.project import cities
from analysis.project.atomic import write_text

ENGINE = "compendium"
CELL_TIMEOUT = 600
"""Seconds a cell may take; papermill's own default is without end."""
START_TIMEOUT = 60
ANSI = re.compile(r"\x1b\[[0-9;]*m")

Parameters = Mapping[str, str | int | bool]


class NotebookError(RuntimeError):
    """A notebook did not do its work.

    Parameters
    ----------
    notebook : Path
        The notebook that was run.
    reason : str
        What went wrong, such as the exception and its message.
    cell : str
        Source of the failing cell; "" when no cell is to blame.
    executed : Path or None
        The notebook as far as it was executed.
    """

    def __init__(self, notebook: Path, reason: str, cell: str = "", executed: Path | None = None) -> None:
        self.notebook, self.reason, self.cell, self.executed = notebook, reason, cell, executed
        super().__init__(f"{notebook.name}: {reason}")


class _Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine, told where the kernel works and with which environment.

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
        kernels: str,
        seen: list[Any],
        **_: Any,
    ) -> None:
        seen.append(nb_man.nb)
        with TemporaryDirectory(prefix="k", ignore_cleanup_errors=True) as sockets, log.open("wb") as stream:
            client = PapermillNotebookClient(
                nb_man,
                km=manager(kernel_name, sockets, kernels),
                timeout=CELL_TIMEOUT,
                startup_timeout=START_TIMEOUT,
                resources={"metadata": {"path": str(folder)}},
                record_timing=False,
            )
            client.execute(env=env, stdout=stream, stderr=stream, cleanup_kc=True)


papermill_engines.register(ENGINE, _Engine)


def execute(
    notebook: Path, parameters: Parameters, outbox: Path, executed: Path, kernels: str = "auto"
) -> None:
    """Execute a notebook in a new kernel, with its results going to `outbox`.

    Parameters
    ----------
    notebook : Path
        The notebook; its folder is the kernel's working directory.
    parameters : mapping
        Values for names that the notebook's ``parameters`` cell assigns.
    outbox : Path
        Folder that stands for the project's while the notebook saves its results.
    executed : Path
        Where the executed notebook is written, also when it failed; the kernel's log goes beside it.
    kernels : str
        How the kernel is started, see `analysis.execution.forking.choose`.

    Raises
    ------
    NotebookError
        When a parameter is unknown or there is no ``parameters`` cell (no kernel is started then), when a
        cell fails or takes more than `CELL_TIMEOUT` seconds, or when the kernel dies.
    """
    node = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    unknown = sorted(set(parameters) - declared_parameters(notebook, node))
    if unknown:
        raise NotebookError(notebook, f"parameter tidak dikenal / unknown parameter: {', '.join(unknown)}")
    seen: list[Any] = []
    executed.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            node,
            None,
            parameters=dict(parameters),
            engine_name=ENGINE,
            progress_bar=False,
            folder=notebook.parent,
            env={**os.environ, cities.OUTBOX: str(outbox)},
            log=executed.with_suffix(".log"),
            kernels=kernels,
            seen=seen,
        )
    except PapermillExecutionError as error:
        message = ANSI.sub("", str(error.evalue))
        raise NotebookError(notebook, f"{error.ename}: {message}", error.source, executed) from error
    except CellTimeoutError as error:
        reason = f"sel melampaui {CELL_TIMEOUT} s / a cell took more than {CELL_TIMEOUT} s"
        raise NotebookError(notebook, reason, executed=executed) from error
    except DeadKernelError as error:
        raise NotebookError(notebook, "kernel mati / the kernel died", executed=executed) from error
    finally:
        for result in seen:
            write_text(executed, nbformat.writes(result))  # type: ignore[no-untyped-call]


def declared_parameters(path: Path, node: nbformat.NotebookNode) -> set[str]:
    """Return the names that the one cell tagged ``parameters`` assigns.

    Raises
    ------
    NotebookError
        When not exactly one cell has the tag.
    """
    tagged = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(path, f"sel bertanda/cells tagged “parameters”: {len(tagged)} (≠ 1)")
    assigned = ast.walk(ast.parse(tagged[0].source))
    return {name.id for name in assigned if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}
