"""Tables of « labels × periods », whichever way they lie: each becomes facts (label, period, series, cell)."""
