"""Charts as Vega-Lite specifications, drawn to SVG and PNG in Python: no script, no browser."""
