"""How a notebook can fail; this module imports nothing heavy."""

from pathlib import Path


class NotebookError(RuntimeError):
    """A notebook did not do its work.

    Parameters
    ----------
    notebook : Path
        The notebook that was run.
    kind : {"cell_failed", "cell_too_long", "kernel_died", "unknown_parameter", "parameters_cells"}
        What went wrong.
    detail : str
        Details: the exception and its message, the seconds that a cell may take, the last line that a dead
        kernel wrote, the names of the unknown parameters, or how many cells are tagged ``parameters``
        where one should be.
    cell : str
        Source of the failing cell; "" when no cell is to blame.
    executed : Path or None
        The notebook as far as it was executed.
    """

    def __init__(
        self, notebook: Path, kind: str, detail: str = "", cell: str = "", executed: Path | None = None
    ) -> None:
        self.notebook, self.kind, self.detail = notebook, kind, detail
        self.cell, self.executed = cell, executed
        super().__init__(f"{notebook.name}: {kind}: {detail}".removesuffix(": "))
