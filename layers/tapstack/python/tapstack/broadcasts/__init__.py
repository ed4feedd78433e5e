"""Messages of an operator to many."""
