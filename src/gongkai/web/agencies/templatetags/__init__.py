"""Small helpers of our templates."""
