"""The examples of docs/scaling.md are Python, and what they take from this package is there."""

import ast
import inspect
import re
from importlib import import_module

import pytest
import yaml
from helpers import ROOT

TEXT = (ROOT / "docs/scaling.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_there_is_one_example_for_each_kind_of_cluster():
    found = [name for name in ("SLURMCluster(", "KubeCluster(", "EC2Cluster(") for e in EXAMPLES if name in e]
    assert len(found) == len(EXAMPLES) == 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_an_example_takes_from_this_package_is_there(example):
    nodes = list(ast.walk(ast.parse(example)))
    taken = [
        node for node in nodes if isinstance(node, ast.ImportFrom) and node.module.startswith("analysis")
    ]
    assert taken
    for node in taken:
        module = import_module(node.module)
        for name in node.names:
            assert hasattr(module, name.name) or import_module(f"{node.module}.{name.name}")


@pytest.mark.parametrize("example", EXAMPLES)
def test_build_all_takes_what_an_example_gives_it(example):
    from analysis.fleet.many import build_all  # noqa: PLC0415

    (call,) = (
        n
        for n in ast.walk(ast.parse(example))
        if isinstance(n, ast.Call) and "build_all" in ast.unparse(n.func)
    )
    given = {keyword.arg: None for keyword in call.keywords}
    inspect.signature(build_all).bind(*call.args, **given)


def test_the_settings_for_tls_are_those_that_dask_knows():
    from dask import config  # noqa: PLC0415
    from distributed import Client  # noqa: F401, PLC0415 - brings the settings

    (settings,) = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL))
    tls = settings["distributed"]["comm"]["tls"]
    for role, files in tls.items():
        known = config.get(f"distributed.comm.tls.{role}")
        assert not isinstance(files, dict) or set(files) == set(known)
    config.get("distributed.comm.require-encryption")
    config.get("distributed.scheduler.allowed-failures")
