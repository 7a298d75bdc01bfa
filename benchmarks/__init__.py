"""Generated reports whose figures are known, the layouts they are published in, and what is measured on them."""
