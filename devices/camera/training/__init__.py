"""Drawing of training pictures, and fitting of the networks that find and read the zone.

Nothing of this is needed to read documents; it needs PyTorch (the extra ``training``).
"""
