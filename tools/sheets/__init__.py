"""Tables of spreadsheets: read row by row with a reason for each row that can't be used, written so that no cell acts."""
