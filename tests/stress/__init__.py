"""The suite again and again, in random order, on a busy machine: a test that fails now and then is found here."""
