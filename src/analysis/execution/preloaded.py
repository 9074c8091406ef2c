"""The last thing that a forkserver imports: it has its own eye on its parent from now on."""

from analysis.execution import preloading

preloading.watch.end()
