"""knockon in a notebook: a plan to ask, answers that show themselves, tables as DataFrames."""
