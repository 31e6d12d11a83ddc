"""Workbooks opened with care: .xlsx, .xls and .ods as worksheets of values, and what stands beside the values."""
