"""Papers, tables and schedules in, plans out; of knockon, imports graphmodel only."""
