//! The only file with `unsafe` code: it opens SQLite over bytes in memory, without a copy, and defends itself against them.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;
use std::time::Instant;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB, OpenFlags, ffi};

use crate::content::profile::Value;

/// Bytes of the longest value that SQLite yields; one more is [`Failure::TooBig`].
pub(super) const VALUE_SIZE: i32 = 64 << 20;

/// Bytes that SQLite may take from the heap, in the whole process; the database itself is not among them.
const HEAP_SIZE: i64 = 256 << 20;

/// Steps of SQLite's virtual machine between two looks at the clock.
const STEPS: c_int = 10_000;

/// Why SQLite did not go on. Its own messages quote names and values, so they end here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// A page or the schema is malformed.
    Corrupt,
    /// The first page is not that of a SQLite database.
    NotADatabase,
    /// A value or statement over a limit.
    TooBig,
    /// The bound on the heap was met.
    NoMemory,
    /// The deadline passed.
    Interrupted,
    /// Anything else: a table that the schema lists and SQLite does not know, a collation that it lacks.
    Refused,
}

impl Failure {
    fn from_code(code: c_int) -> Failure {
        match code & 0xff {
            ffi::SQLITE_CORRUPT | ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN => Failure::Corrupt,
            ffi::SQLITE_NOTADB => Failure::NotADatabase,
            ffi::SQLITE_TOOBIG => Failure::TooBig,
            ffi::SQLITE_NOMEM => Failure::NoMemory,
            ffi::SQLITE_INTERRUPT => Failure::Interrupted,
            _ => Failure::Refused,
        }
    }

    fn from_error(error: &rusqlite::Error) -> Failure {
        error.sqlite_error().map_or(Failure::Refused, |it| Failure::from_code(it.extended_code))
    }
}

/// A database in memory. The connection is dropped before the bytes under it: fields drop in this order.
pub(super) struct Memory {
    connection: Connection,
    bytes: Vec<u8>,
}

impl Memory {
    /// Opens `bytes` read-only; statements end with [`Failure::Interrupted`] once `deadline` has passed.
    pub(super) fn open(bytes: Vec<u8>, deadline: Instant) -> Result<Memory, Failure> {
        let connection = connect(&bytes, deadline).map_err(|error| Failure::from_error(&error))?;
        // SAFETY: the handle is open, and the callback takes no state.
        let code = unsafe {
            ffi::sqlite3_set_authorizer(connection.handle(), Some(authorize), ptr::null_mut())
        };
        if code != ffi::SQLITE_OK {
            return Err(Failure::from_code(code));
        }
        Ok(Memory { connection, bytes })
    }

    /// The bytes that it was opened over.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Starts one SELECT or PRAGMA. The text is bytes since names of tables need not be UTF-8.
    pub(super) fn query(&self, sql: &[u8]) -> Result<Rows<'_>, Failure> {
        let length = c_int::try_from(sql.len()).map_err(|_| Failure::TooBig)?;
        let mut statement = ptr::null_mut();
        // SAFETY: the handle is open for as long as `self`; SQLite reads at most `length` bytes of `sql`.
        let code = unsafe {
            ffi::sqlite3_prepare_v2(
                self.connection.handle(),
                sql.as_ptr().cast::<c_char>(),
                length,
                &raw mut statement,
                ptr::null_mut(),
            )
        };
        if code != ffi::SQLITE_OK || statement.is_null() {
            return Err(Failure::from_code(code));
        }
        Ok(Rows { _memory: self, statement })
    }
}

/// The rows of a statement.
pub(super) struct Rows<'a> {
    _memory: &'a Memory,
    statement: *mut ffi::sqlite3_stmt,
}

impl Rows<'_> {
    /// Steps to the next row; false after the last.
    pub(super) fn next(&mut self) -> Result<bool, Failure> {
        // SAFETY: the statement is live until `drop`, and no borrowed value outlives this `&mut`.
        match unsafe { ffi::sqlite3_step(self.statement) } {
            ffi::SQLITE_ROW => Ok(true),
            ffi::SQLITE_DONE => Ok(false),
            code => Err(Failure::from_code(code)),
        }
    }

    /// The value at `column` of this row, borrowed until the next; NULL past the last.
    pub(super) fn value(&self, column: usize) -> Result<Value<'_>, Failure> {
        let Ok(column) = c_int::try_from(column) else { return Ok(Value::Nothing) };
        // SAFETY: the statement is live, and SQLite answers NULL for a column out of range. A pointer stays good until
        // the next step, which needs `&mut self`: only the accessor of a value's own type is called, so nothing is
        // converted in place. The length is asked for after the pointer, as SQLite demands.
        unsafe {
            let (start, is_text) = match ffi::sqlite3_column_type(self.statement, column) {
                ffi::SQLITE_INTEGER => {
                    return Ok(Value::Integer(ffi::sqlite3_column_int64(self.statement, column)));
                }
                ffi::SQLITE_FLOAT => {
                    return Ok(Value::Real(ffi::sqlite3_column_double(self.statement, column)));
                }
                ffi::SQLITE_TEXT => (ffi::sqlite3_column_text(self.statement, column), true),
                ffi::SQLITE_BLOB => {
                    (ffi::sqlite3_column_blob(self.statement, column).cast::<u8>(), false)
                }
                _ => return Ok(Value::Nothing),
            };
            let length = ffi::sqlite3_column_bytes(self.statement, column);
            let length = usize::try_from(length).unwrap_or(0);
            let bytes = match (start.is_null(), is_text) {
                (false, _) => std::slice::from_raw_parts(start, length),
                // Text from UTF-16 for which there was no memory; an empty blob has no address either.
                (true, true) => return Err(Failure::NoMemory),
                (true, false) => &[],
            };
            Ok(if is_text { Value::Text(bytes) } else { Value::Blob(bytes) })
        }
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        // SAFETY: the statement is live and is not used again.
        unsafe { ffi::sqlite3_finalize(self.statement) };
    }
}

/// Opens a connection over `bytes`, with every defence that SQLite has.
fn connect(bytes: &[u8], deadline: Instant) -> rusqlite::Result<Connection> {
    // SAFETY: the limit is one atomic value of the process; setting it again to the same is harmless.
    unsafe { ffi::sqlite3_hard_heap_limit64(HEAP_SIZE) };
    let mut connection = Connection::open_in_memory_with_flags(
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        // A name in quotes is a column or an error, never a string.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    for setting in
        [ffi::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, ffi::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE]
    {
        // SAFETY: the handle is open; these two settings take an int and a pointer to an int or null.
        unsafe {
            ffi::sqlite3_db_config(
                connection.handle(),
                setting,
                0 as c_int,
                ptr::null_mut::<c_int>(),
            )
        };
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, VALUE_SIZE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_VDBE_OP, 250_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, value)?;
    }
    connection.progress_handler(STEPS, Some(move || Instant::now() >= deadline))?;
    // SAFETY: `Memory` keeps the vector under these bytes unchanged until the connection is gone, and SQLite never
    // writes to them: `deserialize_bytes` opens them read-only.
    let bytes: &'static [u8] = unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) };
    connection.deserialize_bytes(MAIN_DB, bytes)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Allows to select, to read and to ask for a table's columns, and all functions but `load_extension`: defaults and checks
/// of a schema call them, and a table whose function is denied cannot be read.
unsafe extern "C" fn authorize(
    _state: *mut c_void,
    action: c_int,
    first: *const c_char,
    second: *const c_char,
    _database: *const c_char,
    _accessor: *const c_char,
) -> c_int {
    // SAFETY: SQLite passes null or a string that ends in NUL and lives through the call.
    let is = |name: *const c_char, word: &[u8]| {
        !name.is_null() && unsafe { CStr::from_ptr(name) }.to_bytes().eq_ignore_ascii_case(word)
    };
    let allowed = match action {
        ffi::SQLITE_SELECT | ffi::SQLITE_READ => true,
        ffi::SQLITE_PRAGMA => is(first, b"table_xinfo"),
        ffi::SQLITE_FUNCTION => !is(second, b"load_extension"),
        _ => false,
    };
    if allowed { ffi::SQLITE_OK } else { ffi::SQLITE_DENY }
}
