"""A city's raw package, read as text and parsed strictly.

In: the CSV files below ``data/raw``. Out: a `Package` of data frames, or every problem of form at once.
"""
