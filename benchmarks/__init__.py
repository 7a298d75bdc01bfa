"""Generated reports whose figures are known, the layouts they are published in, and measurements on them."""
