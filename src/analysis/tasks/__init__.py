"""A graph of tasks: knows nothing of the study and uses no other room.

In: tasks with inputs, targets and configuration. Out: what was run, what is stale and why.
"""
