"""Every number by its key, with its lineage; rebuilt files, saved and loaded.

In: a `Package` and its tables. Out: ``results.json`` and the files in ``data/processed``.
"""
