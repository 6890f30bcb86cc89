"""What concerns requests and answers of all kinds: who asks, and headers. Screens are elsewhere."""
