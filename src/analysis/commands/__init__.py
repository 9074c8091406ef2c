"""The commands, and how they talk to whoever typed them."""
