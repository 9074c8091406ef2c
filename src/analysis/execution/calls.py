"""Functions called in children of the forkserver: what they need is imported there, and goes with them."""

import os
import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from analysis.execution import forking
from analysis.execution.kernel_process import begin, finish, pack
from analysis.execution.kernels import Kernels


@dataclass(frozen=True)
class CallRequest:
    """A request to a child of the forkserver: call this function in this folder and environment."""

    function: Callable[..., object]
    arguments: tuple[Any, ...]
    folder: str
    env: dict[str, str]

    def _bootstrap(self, lifeline: int) -> int:
        """Call the function, and send what it raised, if anything."""
        answer = begin(self.folder, self.env, lifeline)
        raised: Exception | None = None
        try:
            self.function(*self.arguments)
        except Exception as error:
            raised = error
        with os.fdopen(answer, "wb") as stream:
            stream.write(_packed(raised))
        finish()
        return 0


def call(kernels: Kernels, function: Callable[..., object], *arguments: Any) -> None:
    """Call a function in a child of the forkserver, or here where none was started: it would take longer.

    The function is sent by its name, its arguments are pickled, and what it returns is lost.

    Raises
    ------
    Exception
        What the function raised.
    RuntimeError
        When its process ended before it did.
    """
    if forking.choose(kernels) == "spawn" or not forking.is_started():
        function(*arguments)
        return
    packed = pack(CallRequest(function, arguments, str(Path.cwd()), dict(os.environ)))
    try:
        process, answer = forking.fork_call(kernels, packed)
    except forking.ForkError as error:
        forking.give_up(kernels, str(error))
        function(*arguments)
        return
    with os.fdopen(answer, "rb") as stream:
        try:
            answered = stream.read()
        except BaseException:
            process.abandon()
            raise
    code = process.wait()
    if not answered:
        raise RuntimeError(f"{function.__name__}: {code}")
    raised = _unpacked(answered)
    if raised:
        raise raised


def _packed(error: Exception | None) -> bytes:
    """Return an error as bytes: by its own pickling its class would be called with the message alone."""
    if error is None:
        return pickle.dumps(None)
    error.add_note("".join(traceback.format_exception(error)))
    kind, args = cast("tuple[Any, ...]", error.__reduce__())[:2]
    try:
        return pickle.dumps((kind, args, vars(error)))
    except Exception:  # It holds something that cannot be sent.
        return pickle.dumps((RuntimeError, (repr(error),), {}))


def _unpacked(packed: bytes) -> Exception | None:
    found = pickle.loads(packed)  # noqa: S301 - our own child wrote it
    if found is None:
        return None
    kind, args, state = found
    error: Exception = kind.__new__(kind, *args)
    vars(error).update(state)
    return error
