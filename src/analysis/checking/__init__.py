"""Everything that can be wrong with a city's raw data, found at once.

In: a city's folder. Out: a list of problems, each with file, row, column and remedy.
"""
