"""From worksheets to records: headers found, cells understood, rows linked and checked, every fault named."""
