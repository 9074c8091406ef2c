"""What an inventory tells that counts cannot: cross-tables, likely duplicates, stale data."""
