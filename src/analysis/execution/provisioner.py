"""Kernels as jupyter_client and nbclient deal with them: forked ones beside ordinary ones."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.execution import forking
from analysis.execution.kernel_process import LAUNCHER, KernelRequest
from analysis.execution.kernels import Kernels

WELCOME_TIMEOUT = 1.0
LONGEST = 80
"""Bytes of the path of a folder with sockets: a socket's own may have 103 on macOS, 107 on Linux."""
PATIENCE = 0.5
"""Seconds until a kernel that should end is interrupted, and again until the manager uses more force."""


@contextmanager
def socket_folder() -> Iterator[str]:
    """Give an empty folder with a short path for a kernel's sockets; "" where there can be none."""
    for place in (str(Path(tempfile.gettempdir()).absolute()), "/tmp", "/var/tmp"):  # noqa: S108
        if len(os.fsencode(place)) <= LONGEST - len("/k12345678") and os.access(place, os.W_OK):
            with TemporaryDirectory(prefix="k", dir=place, ignore_cleanup_errors=True) as folder:
                if _holds_sockets(folder):
                    yield folder
                    return
    yield ""


def _holds_sockets(folder: str) -> bool:
    """Return whether there can be sockets in a folder; not on Windows, and not on every file system."""
    if sys.platform == "win32":
        return False
    path = f"{folder}/socket"
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.bind(path)
        except OSError:
            return False
    Path(path).unlink()
    return True


def manager(sockets: str, kernels: Kernels) -> AsyncKernelManager:
    """Return a manager for one kernel of this interpreter, which it starts as `forking.choose` says.

    No kernel is looked up by its name: another interpreter's may have the same. `sockets` is an empty
    folder with a short path, for the kernel's sockets and the note where they are; kernels race for TCP
    ports, and use them only where they cannot talk over files ("").
    """
    options: dict[str, Any] = {
        "kernel_name": NATIVE_KERNEL_NAME,
        "kernel_id": str(uuid.uuid4()),
        "kernel_spec_manager": KernelSpecManager(kernel_dirs=[]),
    }
    if sockets:
        options |= {"transport": "ipc", "ip": f"{sockets}/k", "connection_file": f"{sockets}/connection.json"}
    if forking.choose(kernels) == "spawn":
        return AsyncKernelManager(**options)
    kernel_manager = AsyncKernelManager(**options, client_factory=PromptKernelClient)
    provisioner = ForkProvisioner(
        kernel_id=kernel_manager.kernel_id, kernel_spec=kernel_manager.kernel_spec, parent=kernel_manager
    )
    provisioner.kernels = replace(kernels, way="fork")
    kernel_manager.provisioner = provisioner
    return kernel_manager


class ForkProvisioner(LocalProvisioner):
    """Forks the kernel of its kernelspec, or starts it in the ordinary way if that is impossible.

    Everything else, such as signals to the process group, is left to the ordinary provisioner.
    """

    kernels = Kernels("fork")
    is_forked = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return how to connect to it."""
        self.is_forked = False
        if forking.choose(self.kernels) == "spawn":
            return await super().launch_kernel(cmd, **kwargs)
        if reason := _obstacle(cmd, **kwargs):
            forking.tell(self.kernels, reason)
            return await super().launch_kernel(cmd, **kwargs)
        folder = kwargs.get("cwd") or str(Path.cwd())
        env = {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())}
        request = KernelRequest(tuple(cmd[cmd.index(LAUNCHER) + 1 :]), str(folder), env)
        streams = [_descriptor(kwargs.get(name), own) for name, own in (("stdout", 1), ("stderr", 2))]
        try:
            process = await _in_thread(forking.fork, self.kernels, request, *streams)
        except forking.ForkError as error:
            forking.give_up(self.kernels, str(error))
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = process
        self.is_forked = True
        self.pid = self.pgid = process.pid
        self.cwd = folder
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process group, but not the interrupt that precedes a shutdown."""
        ending = self.is_forked and getattr(self.parent, "shutting_down", False)
        if signum != signal.SIGINT or not ending:
            await super().send_signal(signum)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Return as soon as the kernel has ended; interrupt one that does not end by itself.

        Interrupted before it is asked, as the manager does it, a kernel that has only just answered its last
        request is still at it and logs an error.
        """
        process = self.process
        if self.is_forked and process and await _in_thread(process.wait, PATIENCE) is None:
            await super().send_signal(signal.SIGINT)
            await _in_thread(process.wait, PATIENCE)


class PromptKernelClient(AsyncKernelClient):
    """A client that begins as soon as the kernel accepts it, without waiting for silence."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the welcome on the output channel; for a kernel that sends none, wait as usual."""
        try:
            while (await self.get_iopub_msg(timeout=WELCOME_TIMEOUT))["msg_type"] != "iopub_welcome":
                pass
        except Empty:
            await super().wait_for_ready(timeout=timeout)


async def _in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a thread of its own; those of a loop do not live on in a process that is forked."""
    with ThreadPoolExecutor(1) as thread:
        return await asyncio.get_running_loop().run_in_executor(thread, function, *arguments)


def _obstacle(cmd: list[str], **options: Any) -> str:
    """Say why this cannot be forked: not ipykernel in this interpreter, or an option a fork cannot honour."""
    if cmd[0] != sys.executable or LAUNCHER not in cmd:
        return " ".join(cmd[:3])
    given = {name: options.get(name) for name in ("stdout", "stderr")}
    streams = [name for name, stream in given.items() if isinstance(stream, int) and stream < 0]  # PIPE
    unknown = sorted(set(options) - {"cwd", "env", "stdout", "stderr"})
    return ", ".join((*streams, *unknown, *forking.differing(options["env"])))


def _descriptor(stream: Any, own: int) -> int:
    if stream is None:
        return own
    return stream if isinstance(stream, int) else int(stream.fileno())
