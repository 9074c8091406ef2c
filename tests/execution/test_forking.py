"""Kernels that are forked: like ordinary ones in all that a notebook can tell, gone when they should be."""

import ast
import asyncio
import gc
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import nbformat
import psutil
import pytest

from analysis.chain import actions
from analysis.chain.actions import kernels
from analysis.execution import forking, private_parts
from analysis.execution.fork_server import ForkedProcess
from analysis.execution.kernel_process import KernelRequest
from analysis.execution.notebooks import execute
from analysis.execution.provisioner import ForkProvisioner, manager, socket_folder

ROOT = Path(__file__).parents[2]
SOON = 20
"""Seconds until a test fails that waits for something: a bound, not a measure."""
MANY = 16
"""Kernels at once."""
ORDINARY = pytest.mark.slow(
    "an ordinary kernel is jupyter_client's; nbval and what is compared have one, too"
)
AGAIN = pytest.mark.slow("the same in another way")
WAYS = ("fork", pytest.param("spawn", marks=ORDINARY))
STATE = """
import gc, json, locale, logging, multiprocessing, os, signal, sys, threading, time, warnings
handlers = {str(number): str(signal.getsignal(number)).split(" at ")[0] for number in signal.valid_signals()}
threads = sorted({thread.name for thread in threading.enumerate()} - {"Lifeline", "Thread-1"})
own = ("handlers", "threads")
names = sorted(name for name in globals() if not name.startswith("_i") and name not in own)
preset = {"JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL"}
state = {
    "names": names,
    "main": [__name__, vars(sys.modules["__main__"]) is globals(), "__file__" in globals()],
    "arguments": [argument.partition("=/")[0] for argument in sys.argv if not argument.endswith(".json")],
    "path": sys.path,
    "flags": [str(sys.flags), sys.warnoptions],
    "folder": os.getcwd(),
    "leads": [os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()],
    "signals": [handlers, sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), signal.set_wakeup_fd(-1)],
    "environment": {name: value for name, value in os.environ.items() if name not in preset},
    "locale": [locale.setlocale(locale.LC_ALL), time.tzname, sys.getfilesystemencoding()],
    "streams": [sys.stdout.encoding, sys.__stdout__.encoding, sys.__stderr__.errors, os.read(0, 1).decode()],
    "processes": [multiprocessing.current_process().name, str(multiprocessing.parent_process())],
    "threads": threads,
    "logging": [str(logging.root.handlers), logging.root.level],
    "collector": [gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit()],
}
print(json.dumps(state))
"""
DRAWING = """
import json, warnings
import matplotlib, pandas, seaborn, networkx
from matplotlib import pyplot as plt
before = {name: str(value) for name, value in matplotlib.rcParams.items()}
plt.plot([1, 3, 2]); plt.title("ℝ → α"); plt.show()
after = {name: str(value) for name, value in matplotlib.rcParams.items()}
print(json.dumps([before, after, plt.get_backend(), plt.get_fignums(), sorted(map(str, warnings.filters))]))
"""


def make_notebook(folder: Path, *sources: str) -> Path:
    first = nbformat.v4.new_code_cell('city = "bandung"', metadata={"tags": ["parameters"]})
    cells = [first, *(nbformat.v4.new_code_cell(source) for source in sources)]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    return path


def run(folder: Path, *sources: str, way: str = "fork") -> str:
    """Execute cells and return what they printed."""
    executed = folder / way / "executed.ipynb"
    execute(make_notebook(folder, *sources), {}, executed, outbox(folder / "outbox"), kernels(way))
    return printed(executed)


def outbox(folder: Path) -> dict[str, str]:
    return {"COMPENDIUM_OUTBOX": str(folder)}


def printed(executed: Path) -> str:
    outputs = [output for cell in nbformat.read(executed, 4).cells for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream")


@asynccontextmanager
async def started(way: str = "fork", **options):
    """Start a kernel and give its manager, and what executes code in it and returns the reply."""
    with tempfile.TemporaryDirectory(prefix="k") as sockets:
        kernel = manager(sockets, kernels(way))
        await kernel.start_kernel(**{"stdout": subprocess.DEVNULL if way == "spawn" else None, **options})
        client = kernel.client()
        client.start_channels()
        await client.wait_for_ready(timeout=SOON)

        async def ask(code: str, expression: str = "None"):
            reply = await client._recv_reply(client.execute(code, user_expressions={"it": expression}), SOON)
            value = reply["content"].get("user_expressions", {}).get("it", {})
            return ast.literal_eval(value["data"]["text/plain"]) if "data" in value else reply["content"]

        try:
            yield kernel, ask
        finally:
            if await kernel.is_alive():
                await kernel.shutdown_kernel()
            client.stop_channels()
            await kernel.cleanup_resources()


def until(condition, seconds: float = SOON) -> bool:
    """Wait until a condition holds; tell whether it did in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def afresh(monkeypatch):
    """Forking as in a process that has not forked yet, and without what notebooks import."""
    monkeypatch.setattr(actions, "PRELOAD", ())
    monkeypatch.setattr(forking._Forking, "servers", [])
    monkeypatch.setattr(forking._Forking, "given_up", False)
    monkeypatch.setattr(forking._Forking, "told", set())
    yield forking._Forking
    forking.stop()


@pytest.fixture
def preload(afresh, monkeypatch, tmp_path):
    """Return what makes the forkserver import a module of this source first."""

    def write(source: str) -> None:
        (tmp_path / "preloaded_by_test.py").write_text(source)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr(actions, "PRELOAD", ("preloaded_by_test",))

    return write


@pytest.mark.parametrize(
    ("asked", "platform", "expected"),
    [
        ("auto", "linux", "fork"),
        ("fork", "linux", "fork"),
        ("spawn", "linux", "spawn"),
        ("auto", "darwin", "spawn"),
        ("fork", "darwin", "fork"),
    ],
)
def test_kernels_are_forked_where_that_is_safe_or_asked_for(afresh, monkeypatch, asked, platform, expected):
    monkeypatch.setattr(sys, "platform", platform)
    assert forking.choose(kernels(asked)) == expected


@pytest.mark.parametrize("asked", forking.WAYS)
def test_kernels_are_ordinary_where_nothing_can_be_forked(afresh, monkeypatch, asked):
    monkeypatch.delattr(os, "fork")
    assert forking.choose(kernels(asked)) == "spawn"


def test_no_other_way_can_be_asked_for():
    with pytest.raises(ValueError, match="auto, fork, spawn"):
        forking.choose(kernels("threads"))


@pytest.mark.parametrize(
    "name",
    [
        "table4",
        *(pytest.param(name, marks=AGAIN) for name in ("table7", "ledger")),
    ],
)
def test_a_committed_notebook_shows_and_saves_the_same_both_ways(tmp_path, name):
    notebook = ROOT / "notebooks" / f"{name}.ipynb"
    shown, saved = [], []
    for way in ("fork", "spawn"):
        executed, results = tmp_path / way / notebook.name, tmp_path / f"{way}-outbox"
        execute(notebook, {"city": "bandung", "lang": "id"}, executed, outbox(results), kernels(way))
        cells = nbformat.read(executed, 4).cells
        shown.append([(cell.source, cell.get("execution_count"), cell.get("outputs")) for cell in cells])
        saved.append({p.relative_to(results): p.read_bytes() for p in results.rglob("*") if p.is_file()})
    assert shown[0] == shown[1]
    assert saved[0] == saved[1]
    assert saved[0]
    assert "image/png" in json.dumps(shown[0])


def test_what_a_kernel_is_started_with_its_log_and_its_drawings_are_the_same_both_ways(tmp_path):
    """Drawings with matplotlib's settings and the filters of warnings; in the log, what is below Python."""
    write = "import ctypes, os; os.write(2, b'from below\\n')\n"
    write += "libc = ctypes.CDLL(None); libc.puts(b'from C'); libc.fflush(0)"
    told = {way: run(tmp_path, STATE, write, DRAWING, way=way).splitlines() for way in ("fork", "spawn")}
    assert told["fork"] == told["spawn"]
    state, drawing = map(json.loads, told["fork"])
    assert state["folder"] == str(tmp_path)
    assert state["environment"]["COMPENDIUM_OUTBOX"] == str(tmp_path / "outbox")
    assert "inline" in drawing[2]
    for way in told:
        log = (tmp_path / way / "executed.log").read_text().splitlines()
        # Ordinary kernels are interrupted when they should end, and some notice.
        assert sorted(line for line in log if "KeyboardInterrupt" not in line) == ["from C", "from below"]


def test_nothing_of_one_kernel_is_seen_by_the_next(tmp_path):
    change = """
    import builtins, os, matplotlib, pandas
    left_over = builtins.left_over = pandas.left_over = os.environ["LEFT_OVER"] = "1"
    matplotlib.rcParams["lines.linewidth"] = 99
    pandas.set_option("display.max_rows", 99)
    """
    look = """
    import builtins, os, matplotlib, pandas
    print("left_over" in globals(), hasattr(builtins, "left_over"), hasattr(pandas, "left_over"))
    print("LEFT_OVER" in os.environ, matplotlib.rcParams["lines.linewidth"] == 99)
    print(pandas.get_option("display.max_rows") == 99)
    """
    run(tmp_path, textwrap.dedent(change))
    assert set(run(tmp_path, textwrap.dedent(look)).split()) == {"False"}


def test_kernels_draw_random_numbers_of_their_own(tmp_path):
    draw = "import random, numpy, uuid; print(random.random(), numpy.random.rand(), uuid.uuid4())"
    first, second = run(tmp_path, draw).split(), run(tmp_path, draw).split()
    assert not set(first) & set(second)


def test_linear_algebra_works_in_a_fork_of_a_process_that_has_no_threads(tmp_path):
    solve = "import os, numpy, psutil; a = numpy.random.rand(500, 500)\n"
    solve += (
        "print(numpy.allclose(numpy.linalg.solve(a, a @ a), a), psutil.Process(os.getppid()).num_threads())"
    )
    assert run(tmp_path, solve).split() == ["True", "1"]


def test_what_is_due_at_the_end_of_a_kernel_is_done(tmp_path):
    code = """
    import atexit, pathlib, sys, tempfile, threading, time
    kept = tempfile.TemporaryDirectory()
    note = pathlib.Path("ended")
    def late():
        time.sleep(0.3)
        note.write_text(kept.name)
    atexit.register(lambda: note.write_text(note.read_text() + " done"))
    threading.Thread(target=late).start()
    """
    run(tmp_path, textwrap.dedent(code))
    folder, done = (tmp_path / "ended").read_text().split()
    assert done == "done"
    assert not Path(folder).exists()


def test_a_kernel_that_is_done_ends_without_an_error_and_without_a_word(tmp_path):
    async def scenario():
        with (tmp_path / "log").open("w") as log:
            async with started(stdout=log, stderr=log) as (kernel, ask):
                process, answer = kernel.provisioner.process, await ask("", "6*7")
        return process.poll(), answer, (tmp_path / "log").read_text()

    assert asyncio.run(scenario()) == (0, 42, "")


def test_what_notebooks_import_is_there_already_but_no_drawing_in_notebooks(tmp_path):
    names = [
        "pandas",
        "seaborn",
        "networkx",
        "matplotlib.pyplot",
        "analysis.display.drawing",
        "analysis.auditing.ledger",
    ]
    look = f"import sys; print([name in sys.modules for name in {names}])"
    assert run(tmp_path, look) == f"{[True] * len(names)}\n"
    assert run(tmp_path, "import sys; print('matplotlib_inline.backend_inline' in sys.modules)") == "False\n"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("end", "expected"), [("os._exit(7)", 7), ("os.kill(os.getpid(), 9)", -9)])
def test_how_a_kernel_ended_is_known(way, end, expected):
    async def scenario():
        async with started(way) as (kernel, ask):
            asked = asyncio.create_task(ask(f"import os; {end}"))
            async with asyncio.timeout(SOON):
                while await kernel.is_alive():
                    await asyncio.sleep(0.05)
            asked.cancel()
            return await kernel.provisioner.poll()

    assert asyncio.run(scenario()) == expected


def test_a_kernel_is_interrupted_and_no_other_with_it(tmp_path):
    at_it = f"import pathlib, time; here = pathlib.Path({str(tmp_path)!r}); (here / '{{}}').touch()\n"
    at_it += "while not (here / 'end').exists(): time.sleep(0.02)"

    async def scenario():
        async with started() as (kernel, ask), started() as (_, ask_other):
            asked = [asyncio.create_task(each(at_it.format(n))) for n, each in enumerate((ask, ask_other))]
            async with asyncio.timeout(SOON):
                while len(list(tmp_path.iterdir())) < len(asked):
                    await asyncio.sleep(0.02)
            await kernel.interrupt_kernel()
            await asked[0]
            (tmp_path / "end").touch()
            replies = await asyncio.gather(*asked)
            return [reply.get("ename", reply["status"]) if reply else "ok" for reply in replies], await ask(
                "", "6*7"
            )

    assert asyncio.run(scenario()) == (["KeyboardInterrupt", "ok"], 42)


def test_a_kernel_whose_manager_was_dropped_ends():
    async def scenario():
        async with started() as (kernel, ask):
            pid = await ask("import os", "os.getpid()")
            kernel.provisioner.process = None
            gc.collect()
            return until(lambda: gone(pid))

    assert asyncio.run(scenario())


@pytest.mark.parametrize("now", [True, False], ids=["killed", "asked to end"])
def test_a_restarted_kernel_is_another_process_with_nothing_of_the_first(now):
    async def scenario():
        async with started() as (kernel, ask):
            first = await ask("import os; left_over = 1", "os.getpid()")
            await kernel.restart_kernel(now=now)
            second = await ask("import os", "(os.getpid(), 'left_over' in globals())")
            return first, second, gone(first), isinstance(kernel.provisioner.process, ForkedProcess)

    first, (second, left_over), ended, forked = asyncio.run(scenario())
    assert first != second
    assert (left_over, ended, forked) == (False, True, True)


def test_many_kernels_at_once_share_one_forkserver(tmp_path):
    def ask(number: int) -> list[str]:
        return run(tmp_path / str(number), f"import os; print({number}, os.getppid())").split()

    with ThreadPoolExecutor(MANY) as threads:
        answers = list(threads.map(ask, range(MANY)))
    assert [int(number) for number, _ in answers] == list(range(MANY))
    assert len({parent for _, parent in answers}) == 1


PARENT = """
import asyncio, signal, sys, tempfile
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs tests in the background
print("once")
async def main():
    from analysis.chain import actions
    from analysis.execution.provisioner import manager
    actions.PRELOAD = ()  # Nothing of what notebooks import is used here.
    with tempfile.TemporaryDirectory(prefix="k") as sockets:
        kernel = manager(sockets, actions.kernels("fork"))
        await kernel.start_kernel()
        client = kernel.client()
        client.start_channels()
        await client.wait_for_ready()
        client.execute("", user_expressions={"main": "'\\t'.join(dir(__import__('__main__')))"})
        print((await client.get_shell_msg())["content"]["user_expressions"]["main"]["data"]["text/plain"])
        print(kernel.provisioner.process.pid, type(kernel.provisioner.process).__name__, flush=True)
        if len(sys.argv) > 1:
            client.execute("import time; time.sleep(600)")
            await asyncio.sleep(600)
        await kernel.shutdown_kernel()
asyncio.run(main())
"""


@pytest.mark.parametrize(
    "kind",
    [
        "script without guard",
        "command",
        pytest.param("module", marks=AGAIN),
        pytest.param("standard input", marks=AGAIN),
    ],
)
def test_the_main_module_of_the_parent_is_not_run_again(tmp_path, kind):
    (tmp_path / "parent.py").write_text(PARENT)
    arguments = {
        "script without guard": ["parent.py"],
        "module": ["-m", "parent"],
        "standard input": ["-"],
        "command": ["-c", PARENT],
    }
    result = subprocess.run(
        [sys.executable, *arguments[kind]],
        input=PARENT if kind == "standard input" else "",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.stderr == ""
    once, names, process = result.stdout.splitlines()
    assert once == "once"
    assert {"main", "asyncio"}.isdisjoint(ast.literal_eval(names).split("\t"))
    assert process.endswith(" ForkedProcess")


def descendants_of_a_parent(tmp_path: Path) -> tuple[subprocess.Popen[str], list[int]]:
    (tmp_path / "parent.py").write_text(PARENT)
    parent = subprocess.Popen(
        [sys.executable, "parent.py", "stay"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    for line in parent.stdout:
        if line.endswith("ForkedProcess\n"):
            break
    return parent, [child.pid for child in psutil.Process(parent.pid).children(recursive=True)]


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name
)
def test_nothing_is_left_when_the_parent_ends(tmp_path, number):
    parent, pids = descendants_of_a_parent(tmp_path)
    assert len(pids) >= 2
    parent.send_signal(number)
    parent.wait(SOON)
    parent.stdout.close()
    assert until(lambda: all(gone(pid) for pid in pids))


@pytest.mark.parametrize("seconds", [0, 0.5], ids=["it has hardly begun", "it imports"])
@pytest.mark.parametrize("request_waits", [False, True], ids=["idle", "a request waits"])
def test_a_forkserver_that_still_imports_ends_when_its_parent_is_killed(tmp_path, request_waits, seconds):
    (tmp_path / "slow_to_import.py").write_text("import time; time.sleep(600)")
    script = "import os, time\nfrom analysis.execution import forking\n"
    script += "from analysis.execution.kernels import Kernels\n"
    script += "forking.warm(Kernels('fork', ('slow_to_import',)))\n"
    script += "server = forking._Forking.servers[0]\n"
    script += "ends = server.connect_to_new_process([1, 2, os.pipe()[1]])\n" if request_waits else ""
    script += "print(server._forkserver_pid, flush=True); time.sleep(600)"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True)
    server = int(parent.stdout.readline())
    time.sleep(seconds)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert until(lambda: gone(server))


def test_nothing_is_left_of_a_kernel_whose_forkserver_was_killed(afresh):
    async def scenario():
        async with started() as (kernel, ask):
            pid, server = await ask("import os", "(os.getpid(), os.getppid())")
            os.kill(server, signal.SIGKILL)
            assert until(lambda: gone(server))
            assert not await kernel.is_alive()
            assert until(lambda: gone(pid))
        async with started() as (_, ask):
            return await ask("", "6*7")

    assert asyncio.run(scenario()) == 42


def test_the_forkserver_starts_in_the_background_and_is_stopped_also_while_it_imports(preload):
    preload("import time; time.sleep(600)")
    forking.warm(kernels("fork"))
    (server,) = forking._Forking.servers
    forking.stop()
    assert gone(server._forkserver_pid)


def test_nothing_is_started_for_ordinary_kernels(afresh):
    forking.warm(kernels("spawn"))
    assert afresh.servers == []


def test_no_kernel_runs_code_that_was_changed_after_its_forkserver_began(afresh, monkeypatch, tmp_path):
    monkeypatch.setattr(actions, "PACKAGE", tmp_path)
    module = tmp_path / "module.py"
    module.write_text("1")

    async def scenario():
        async with started() as (_, ask), started() as (_, ask_second):
            servers = [await each("import os", "os.getppid()") for each in (ask, ask_second)]
            module.write_text("2")
            os.utime(module, (1, 1))
            async with started() as (_, ask_third):
                servers.append(await ask_third("import os", "os.getppid()"))
            return servers, await ask("", "6*7")

    (first, second, third), answer = asyncio.run(scenario())
    assert first == second != third
    assert answer == 42
    assert until(lambda: gone(first))


def test_a_kernel_is_not_forked_whose_python_would_have_started_otherwise():
    async def scenario():
        async with started(env={**os.environ, "PYTHONHASHSEED": "5"}) as (kernel, ask):
            return isinstance(kernel.provisioner.process, ForkedProcess), await ask("", "hash('a')")

    hashed = subprocess.check_output(
        [sys.executable, "-c", "print(hash('a'))"], env={**os.environ, "PYTHONHASHSEED": "5"}
    )
    assert asyncio.run(scenario()) == (False, int(hashed))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("raise RuntimeError", marks=AGAIN),
        pytest.param("import os; os._exit(3)", marks=AGAIN),
        "import sys; sys.modules['analysis.execution.kernel_process'] = None",
    ],
    ids=["an error while importing", "an end while importing", "a kernel that cannot begin"],
)
def test_where_forking_fails_kernels_are_ordinary_and_the_log_says_so_once(preload, caplog, tmp_path, source):
    preload(source)
    with caplog.at_level(logging.WARNING):
        assert run(tmp_path, "print(6 * 7)") == "42\n"
        assert run(tmp_path, "print(6 * 7)") == "42\n"
    assert sum("without forking" in record.message for record in caplog.records) == 1
    assert forking.choose(kernels("fork")) == "spawn"


def test_a_forkserver_that_never_answers_is_not_waited_for(preload, monkeypatch, caplog, tmp_path):
    preload("import time; time.sleep(600)")
    monkeypatch.setattr("analysis.execution.fork_server.START_TIMEOUT", 0.2)
    assert run(tmp_path, "print(6 * 7)") == "42\n"
    assert "TimeoutError" in caplog.text


def test_a_kernel_that_does_not_listen_in_time_is_ended(preload, monkeypatch, tmp_path):
    preload("import ipykernel.kernelapp as k, time; k.IPKernelApp.start = lambda self: time.sleep(600)")
    read, write = os.pipe()
    send = ForkedProcess.send

    def send_and_be_impatient(process, packed):
        send(process, packed)
        monkeypatch.setattr("analysis.execution.fork_server.START_TIMEOUT", 0.2)

    monkeypatch.setattr(ForkedProcess, "send", send_and_be_impatient)
    with os.fdopen(read, "rb") as log, os.fdopen(write, "wb") as stream:
        request = KernelRequest(("-f", str(tmp_path / "connection.json")), str(tmp_path), dict(os.environ))
        with pytest.raises(forking.ForkError, match="TimeoutError"):
            forking.fork(kernels("fork"), request, stream.fileno(), stream.fileno())
        stream.close()
        log.read()  # Until the end, which comes when no process has the other side any more.


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (["other-python", "-m", "ipykernel_launcher"], {}),
        ([sys.executable, "-m", "another_kernel"], {}),
        ([sys.executable, "-m", "ipykernel_launcher"], {"stdout": subprocess.PIPE}),
        ([sys.executable, "-m", "ipykernel_launcher"], {"independent": True}),
    ],
    ids=["other interpreter", "other kernel", "a pipe to be made", "a kernel that outlives its parent"],
)
def test_what_a_fork_cannot_be_is_started_as_usual(monkeypatch, command, options):
    async def ordinary(self, cmd, **kwargs):
        return cmd, kwargs

    monkeypatch.setattr(ForkProvisioner.__mro__[1], "launch_kernel", ordinary)
    launched = ForkProvisioner().launch_kernel(command, env=dict(os.environ), **options)
    assert asyncio.run(launched) == (command, {"env": dict(os.environ), **options})


@pytest.fixture
def looking_again():
    private_parts.missing.cache_clear()
    yield
    private_parts.missing.cache_clear()


@pytest.mark.parametrize("part", [".".join(part) for part in private_parts.PARTS])
def test_where_python_lacks_a_private_part_kernels_are_ordinary_and_it_is_named_once(
    afresh, looking_again, monkeypatch, caplog, part
):
    monkeypatch.delattr(part)
    assert [forking.choose(kernels("fork")) for _ in range(2)] == ["spawn", "spawn"]
    assert caplog.messages == [
        f"kernel biasa, tanpa fork: {part} / ordinary kernels, without forking: {part}"
    ]


def test_so_they_are_where_a_forkserver_lacks_one(afresh, looking_again, monkeypatch, caplog):
    monkeypatch.setattr("multiprocessing.forkserver.ForkServer.__init__", lambda self: None)
    assert forking.choose(kernels("fork")) == "spawn"
    assert "ForkServer._forkserver_pid" in caplog.text


def test_where_no_folder_holds_sockets_a_kernel_is_ordinary_and_listens_on_tcp(
    afresh, monkeypatch, caplog, tmp_path
):
    bind = socket.socket.bind

    def bind_no_path(self, address):
        if isinstance(address, str):
            raise OSError("no sockets here")
        bind(self, address)

    monkeypatch.setattr("socket.socket.bind", bind_no_path)
    with socket_folder() as sockets:
        assert sockets == ""
    assert run(tmp_path, "print(6 * 7)") == "42\n"
    assert [message for message in caplog.messages if "without forking" in message] == caplog.messages
    assert "no sockets here" in caplog.text


def test_this_python_has_every_private_part():
    assert private_parts.missing() == ""


def test_why_a_single_kernel_is_ordinary_is_told_once(afresh, caplog):
    async def scenario():
        for _ in range(2):
            async with started(env={**os.environ, "PYTHONHASHSEED": "7"}) as (_, ask):
                assert await ask("", "6*7") == 42

    asyncio.run(scenario())
    assert [message for message in caplog.messages if "PYTHONHASHSEED" in message] == caplog.messages[:1]
    assert forking.choose(kernels("fork")) == "fork"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("afresh")
def test_the_interpreter_is_ours_whatever_kernels_are_installed_by_that_name(tmp_path, monkeypatch, way):
    folder = tmp_path / "jupyter/kernels/python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["/bin/false", "{connection_file}"], "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    assert run(tmp_path, "import sys; print(sys.prefix)", way=way) == f"{sys.prefix}\n"


@pytest.mark.parametrize("way", WAYS)
def test_notebooks_run_where_the_folder_for_temporary_files_has_a_long_path(tmp_path, way):
    long = tmp_path / ("x" * 130)
    long.mkdir()
    command = [sys.executable, "-c", RUN_ONE, str(make_notebook(tmp_path, "print(6 * 7)")), way]
    env = {**os.environ, "TMPDIR": str(long)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "42\n"), done.stderr


RUN_ONE = """
import sys
from pathlib import Path
from analysis.chain import actions
from analysis.execution.notebooks import execute
import nbformat
actions.PRELOAD = ()  # Nothing of what notebooks import is used here.
executed = Path(sys.argv[1]).with_name("executed.ipynb")
execute(Path(sys.argv[1]), {}, executed, {}, actions.kernels(sys.argv[2]))
print(nbformat.read(executed, 4).cells[-1].outputs[0].text, end="", flush=True)
"""


@pytest.mark.parametrize("way", WAYS)
def test_a_process_that_is_forked_after_its_parent_ran_a_notebook_runs_one_too(tmp_path, way):
    script = f"{RUN_ONE}\nimport os\nif (child := os.fork()) == 0:\n    exec(RUN)\n    os._exit(0)\n"
    script += "sys.exit(os.waitpid(child, 0)[1])"
    command = [
        sys.executable,
        "-c",
        f"RUN = {RUN_ONE!r}{script}",
        str(make_notebook(tmp_path, "print(6 * 7)")),
        way,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "42\n42\n"), done.stderr


AS_USUAL = [
    "h = display('first', display_id='it'); _ = h.update('second')",
    "from IPython.display import clear_output; print('gone'); clear_output(wait=True); print('kept')",
    "%%writefile written.txt\nwritten by a cell",
    "!cat written.txt",
    "%%bash\necho $0 && cat written.txt",
    "print([line for *_, line in get_ipython().history_manager.get_range(stop=4)], In[2])",
    "try:\n    input('?')\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "import asyncio; print(await asyncio.gather(*(asyncio.sleep(0, n) for n in range(3))))",
    "from concurrent.futures import ThreadPoolExecutor as P; print(list(P(3).map(abs, [-1, -2])))",
    "from multiprocessing import get_context as c; print(c('fork').Pool(2).map(abs, [-1, -2]))",
    "import comm; print(type(comm.create_comm(target_name='of a widget')).__name__)",
    "{'of': [letter for letter in 'list']}",
]
"""What the tests of nbclient, papermill and jupyter_kernel_test ask of a kernel, as cells of a notebook."""


def test_a_forked_kernel_shows_what_an_ordinary_one_shows(tmp_path):
    def shown(way: str) -> list[object]:
        run(tmp_path / way, *AS_USUAL, way=way)
        executed = nbformat.read(tmp_path / way / way / "executed.ipynb", 4)
        return [(cell.source, cell.execution_count, cell.outputs) for cell in executed.cells]

    assert shown("fork") == shown("spawn")
