"""How fast it is, beside peers: ``python -m benchmarks`` prints all of it, each file a part."""
