"""From a spreadsheet or a filled template to a city's raw package."""
