//! The `interleaf` command.

fn main() {}
