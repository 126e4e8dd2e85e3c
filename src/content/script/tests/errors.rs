//! What becomes of the rest of a text of SQL where a guard in it fails: psql goes on, unless it is told to stop.

use super::{Defect, defects, guarded, open};

const GUARD: &str = "DO $$ BEGIN\n  IF current_database() <> 'shop_dev' THEN RAISE EXCEPTION 'no'; END IF;\nEND $$;\nDROP TABLE users;\n";

fn read_by(client: &str, before: &str) -> String {
    format!("{client} <<'SQL'\n{before}{GUARD}SQL\n")
}

#[test]
fn psql_goes_on_behind_an_error() {
    for (path, text) in [
        ("a.sh", read_by("psql shop", "")),
        ("a.sh", read_by("psql -p 5431 -v ON_ERROR_STOP=0 shop", "")),
        ("a.sh", read_by("psql -U user1 shop", "\\set ON_ERROR_STOP off\n")),
        ("a.sh", read_by("psql shop", "BEGIN;\nSELECT 1;\nCOMMIT;\n")),
        ("a.sh", format!("cat > a.sql <<'SQL'\n{GUARD}SQL\npsql -f a.sql shop\n")),
        ("a.sh", read_by("python manage.py dbshell", "")),
        ("a.psql", GUARD.to_owned()),
        ("a.sql", format!("\\echo a\n{GUARD}")),
        ("a.sql", format!("-- Usage: psql -d shop -f a.sql\n{GUARD}")),
        (
            "a.psql",
            "SELECT CASE WHEN current_database() <> 'shop_dev' THEN 1/0 END;\nDROP TABLE users;\n"
                .to_owned(),
        ),
    ] {
        assert_eq!(open(path, &text).len(), 1, "{text}");
        assert!(defects(path, &text).contains(&Defect::StopsNothing), "{text}");
    }
    // Behind the end of the transaction that the error is in.
    let text = format!("psql shop <<'SQL'\nBEGIN;\n{GUARD}COMMIT;\nDROP TABLE orders;\nSQL\n");
    assert_eq!(open("a.sh", &text), [(8, "sql.drop_table")], "{text}");
}

#[test]
fn what_stops_at_an_error_stops() {
    for (path, text) in [
        ("a.sh", read_by("psql -v ON_ERROR_STOP=1 shop", "")),
        ("a.sh", read_by("psql --set ON_ERROR_STOP=on shop", "")),
        ("a.sh", read_by("psql -X1 shop", "")),
        ("a.sh", read_by("psql --single-transaction shop", "")),
        ("a.sh", read_by("psql shop", "\\set ON_ERROR_STOP on\n")),
        ("a.sh", read_by("psql shop", "BEGIN;\n")),
        // It is sent as one.
        ("a.sh", format!("psql shop -c '{}'\n", GUARD.replace('\'', "\""))),
        ("a.psql", format!("\\set ON_ERROR_STOP 1\n{GUARD}")),
        ("a.sql", format!("-- psql -v ON_ERROR_STOP=1 -f a.sql\n{GUARD}")),
        // What runs it is not known, and may be a driver.
        ("a.sql", GUARD.to_owned()),
        ("a.psql", GUARD.replace("END $$;\n", "").replace("users;", "users; END $$;")),
    ] {
        assert_eq!((guarded(path, &text).len(), open(path, &text).len()), (1, 0), "{text}");
    }
}
