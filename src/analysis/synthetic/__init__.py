"""Made-up inventories and cities, for teaching and tests."""
