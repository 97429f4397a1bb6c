"""Tables to fill in: as CSV files or as one workbook, with what every column means."""
