"""Everything that can be wrong with a city's raw data, found at once."""
