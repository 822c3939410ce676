"""Where plans are kept over their life: versions, decisions, scenarios (DESIGN section 3)."""
