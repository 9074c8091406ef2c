"""The ledger as a page, a PDF and a certificate; problems of raw data as a page; parts of all pages.

In: the ledger or problems. Out: HTML and PDF.
"""
