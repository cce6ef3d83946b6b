"""How Python becomes machine code that is kept, and what tells that it is still true."""
