"""Spreadsheets in and out: reading, finding the table, repairing text; one module per layout."""
