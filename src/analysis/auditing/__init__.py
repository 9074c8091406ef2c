"""The ledger: which printed cells and claims of the source follow from the raw data."""
