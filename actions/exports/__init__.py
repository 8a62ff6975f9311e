"""A plan in the layout the services know, as PDF and as a workbook: today's print and a past day are one code."""
