"""Maps, charts and reports of knockon: result records in, pages out; runs nothing."""
