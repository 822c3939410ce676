"""The plan model: entities, spans, dates, graph and files; imports no other layer of knockon."""
