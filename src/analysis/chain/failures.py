"""How the engines and the study's own tasks can fail, in the words of both languages."""

from analysis.execution.notebook_error import NotebookError
from analysis.language.labels import text, unloadable
from analysis.tasks.running import MissingInputError


class MissingOutputError(RuntimeError):
    """A notebook ended without leaving every file it promises, or left it empty."""

    def __init__(self, step: str, names: list[str]) -> None:
        self.step, self.names = step, names
        super().__init__(f"{step}.ipynb: {', '.join(names)}")


def say(error: BaseException, lang: str) -> str:
    """Return the message of an error: in our words where there are any, else in its own."""
    if isinstance(error, MissingInputError):
        return text("failure.missing_input", lang, names=", ".join(error.names))
    if isinstance(error, MissingOutputError):
        names = ", ".join(error.names)
        return text("failure.missing_output", lang, notebook=f"{error.step}.ipynb", names=names)
    if isinstance(error, NotebookError):
        return f"{error.notebook.name}: {_reason(error, lang)}"
    if isinstance(error, ImportError):
        return unloadable(error, lang)
    return str(error)


def _reason(error: NotebookError, lang: str) -> str:
    if error.kind == "cell_failed":
        return error.detail
    reason = text(f"failure.{error.kind}", lang, detail=error.detail)
    return f"{reason}: {error.detail}" if error.kind == "kernel_died" and error.detail else reason
