"""Readers, one module for each kind of input; each has ``read(source, options)`` and yields raw documents."""
