"""Code for requests and responses of all kinds: middleware, headers, client addresses, conditional requests."""
