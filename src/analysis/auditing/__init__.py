"""The ledger: which printed cells and claims of the source follow from the raw data.

In: a `Package` with printed values, and rebuilt results. Out: checks with basis and verdict.
"""
