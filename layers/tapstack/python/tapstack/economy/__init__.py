"""What taps buy: a ledger of coins and gems, and the goods in it."""
