"""What there is to buy, win and reach, as data: read, checked, compiled, versioned."""
