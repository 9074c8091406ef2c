"""Tables and figures as people see them.

In: rebuilt tables. Out: `DisplayTable` objects and figures in either language.
"""
