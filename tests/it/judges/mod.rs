//! What shows only from outside: the finished program, started as an operator starts it, asked by other people's programs
//! and treated badly.
//!
//! | module | what |
//! |---|---|
//! | `third_party` | the judges of `tests/node`: linters, compilers, composers, validators, audits, clients, a browser |
//! | `hostile` | documents and connections that are meant to bring a server down |
//!
//! The judges need Node, and some of them more; where it is missing they are skipped, and the closing line says so.

mod connections;
mod documents;
mod hostile;
mod third_party;

use std::sync::LazyLock;

use harness::Product;

/// The finished program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_roundtable_under_test");

/// The judges ask more in a minute than a caller may.
const SETTINGS: &str = "[http]\npoints_per_minute = 0\n";

/// One server with demonstration data, shared by whoever only asks.
fn demonstration() -> &'static Product {
    static DEMONSTRATION: LazyLock<Result<Product, String>> =
        LazyLock::new(|| Product::start(PROGRAM, SETTINGS, &["--demo"]));
    DEMONSTRATION.as_ref().unwrap_or_else(|error| panic!("{error}"))
}
