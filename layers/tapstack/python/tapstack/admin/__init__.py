"""Operations: the command line, adjustments, repair, metrics, health, and the jobs of every minute."""
