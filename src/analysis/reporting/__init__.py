"""The ledger as a page, a PDF and a certificate."""
