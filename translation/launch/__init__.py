"""Publishing a campaign or an edition in one language as a set."""
