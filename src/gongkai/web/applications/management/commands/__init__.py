"""Commands of the applications app."""
