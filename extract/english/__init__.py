"""The English pipeline: encoder, decoding and the spaCy components that carry them."""
