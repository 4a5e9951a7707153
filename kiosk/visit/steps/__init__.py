"""What each stage makes of an event. A step returns None for what does not concern its stage."""
