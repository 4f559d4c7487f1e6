"""Files that other programs read, one module a format; `whoholds.pipeline.exporting` knows which there are."""
