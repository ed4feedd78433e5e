"""The audit log: who did what to which player, when and why."""
