"""The one list of tables: what chain, display, papers and audit know of each.

In: a city. Out: the entries that its raw files allow.
"""
