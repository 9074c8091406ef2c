"""A graph of tasks, which knows nothing of the study.

In: tasks with inputs, targets and configuration. Out: what was run, what is stale and why, a drawing of it.
"""
