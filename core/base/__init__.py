"""Base: what every room leans on and that knows nothing of them: words, figures, errors, registries."""
