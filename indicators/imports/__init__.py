"""Recognises the indicator grids that préfectures send: `recognition.recognise` gives a `grid.Grid`."""
