"""Notebooks in forked kernels: knows nothing of the study and uses no other room.

In: a notebook with its parameters. Out: the executed notebook, or an error with its kind and cell.
"""
