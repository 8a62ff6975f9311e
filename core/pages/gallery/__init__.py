"""What the gallery of components shows: invented figures in the shape of a real month of a sous-préfecture."""
