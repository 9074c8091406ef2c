"""From a spreadsheet or a filled template to a city's raw package.

In: XLSX, ODS or CSV. Out: a folder in ``data/raw``, or every mistake by sheet, row and column.
"""
