"""What follows from the dates and results of a label, a document, a grid: pure, beneath the models that show it."""
