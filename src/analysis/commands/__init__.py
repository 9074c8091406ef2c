"""The commands, and how they talk to whoever typed them.

In: what was typed. Out: messages in the reader's language, and an exit status.
"""
