"""Keeps what an earlier run found or made, and from what; whoever asks must show that nothing of that has changed."""
