"""Recognition of action plans in workbooks and pasted texts, and what recording them would do."""
