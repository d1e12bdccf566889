"""The English pipeline: encoder, decoding and the spaCy component that carries them."""
