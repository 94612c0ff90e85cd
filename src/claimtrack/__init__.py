"""claimtrack takes news articles apart into claims linked to who made them."""

__version__ = "0.1.0"
