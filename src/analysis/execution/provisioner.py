"""Kernels as jupyter_client and nbclient deal with them: forked ones beside ordinary ones."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.execution import forking
from analysis.execution.fork_server import ForkedProcess
from analysis.execution.kernel_process import LAUNCHER, KernelRequest
from analysis.execution.kernels import Kernels

WELCOME_TIMEOUT = 1.0
PATIENCE = 0.5
"""Seconds until a kernel that should end is interrupted, and again until the manager uses more force."""


def manager(kernel_name: str, sockets: str, kernels: Kernels) -> AsyncKernelManager:
    """Return a manager for one kernel, which it starts as `forking.choose` says.

    Parameters
    ----------
    kernel_name : str
        Name of an installed kernelspec.
    sockets : str
        Empty folder with a short path, for the kernel's sockets. Kernels race for TCP ports, and use them
        only where they cannot talk over files.
    kernels : Kernels
        How it is started.
    """
    options: dict[str, Any] = {"kernel_name": kernel_name, "kernel_id": str(uuid.uuid4())}
    if sys.platform != "win32":
        options |= {"transport": "ipc", "ip": f"{sockets}/k"}
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

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return how to connect to it."""
        if forking.choose(self.kernels) == "spawn" or not _can_fork(cmd, **kwargs):
            return await super().launch_kernel(cmd, **kwargs)
        folder = kwargs.get("cwd") or str(Path.cwd())
        env = {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())}
        request = KernelRequest(tuple(cmd[cmd.index(LAUNCHER) + 1 :]), str(folder), env)
        streams = [_descriptor(kwargs.get(name), own) for name, own in (("stdout", 1), ("stderr", 2))]
        try:
            process = await asyncio.to_thread(forking.fork, self.kernels, request, *streams)
        except forking.ForkError as error:
            forking.give_up(self.kernels, str(error))
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = process
        self.pid = self.pgid = process.pid
        self.cwd = folder
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process group, but not the interrupt that precedes a shutdown."""
        ending = isinstance(self.process, ForkedProcess) and getattr(self.parent, "shutting_down", False)
        if signum != signal.SIGINT or not ending:
            await super().send_signal(signum)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Return as soon as the kernel has ended; interrupt one that does not end by itself.

        Interrupted before it is asked, as the manager does it, a kernel that has only just answered its last
        request is still at it and logs an error.
        """
        process = self.process
        if isinstance(process, ForkedProcess) and await asyncio.to_thread(process.wait, PATIENCE) is None:
            await super().send_signal(signal.SIGINT)
            await asyncio.to_thread(process.wait, PATIENCE)


class PromptKernelClient(AsyncKernelClient):
    """A client that begins as soon as the kernel accepts it, without waiting for silence."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the welcome on the output channel; for a kernel that sends none, wait as usual."""
        try:
            while (await self.get_iopub_msg(timeout=WELCOME_TIMEOUT))["msg_type"] != "iopub_welcome":
                pass
        except Empty:
            await super().wait_for_ready(timeout=timeout)


def _can_fork(cmd: list[str], **options: Any) -> bool:
    """Return whether this is ipykernel in this interpreter, without options that a fork cannot honour."""
    streams = [options.get(name) for name in ("stdout", "stderr")]
    special = any(isinstance(stream, int) and stream < 0 for stream in streams)  # such as subprocess.PIPE
    known = set(options) <= {"cwd", "env", "stdout", "stderr"}
    ours = cmd[0] == sys.executable and LAUNCHER in cmd
    return ours and known and not special and forking.can_fork(options["env"])


def _descriptor(stream: Any, own: int) -> int:
    if stream is None:
        return own
    return stream if isinstance(stream, int) else int(stream.fileno())
