"""Rules of the action plans: pure, without database or clock."""
