"""Notebooks in forked kernels, which knows nothing of the study.

In: a notebook with its parameters. Out: the executed notebook, or an error that names the cell.
"""
