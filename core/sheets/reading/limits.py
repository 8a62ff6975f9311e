"""What a file may cost us. Every bound of the package stands here; sizes in bytes, times in seconds.

The figures come from measured dangers: 791 kB that unpack to 611 MB, a 1 kB sheet whose two cells span
17 billion, 351 kB that hold three million rows.
"""

MEGABYTE = 1024 * 1024

FILE_SIZE = 10 * MEGABYTE
UNPACKED_SIZE = 80 * MEGABYTE
ENTRY_COUNT = 2_000
# Repeated XML compresses a hundredfold at most in honest workbooks; small parts may do better without danger.
COMPRESSION_RATIO = 200
RATIO_FREE_SIZE = 4 * MEGABYTE

ROWS = 20_000
COLUMNS = 1_000
CELLS = 1_000_000
SHEETS = 200

# Above this a sheet is read for its values only: number formats, formulas and displayed texts are not.
DETAILED_SHEET_SIZE = 2 * MEGABYTE

CHILD_MEMORY = 256 * MEGABYTE
CHILD_SECONDS = 10
# Time on the clock, against a process that waits: processor time is what counts, and a busy machine gives it slowly.
CHILD_PATIENCE = 120
CHILD_OUTPUT = 32 * MEGABYTE
