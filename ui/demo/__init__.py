"""The demonstration: a hall with everything in it, simulated devices, and scripted visits."""
