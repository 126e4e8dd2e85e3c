//! Tables that frameworks keep for themselves: their rows come with the schema and say nothing of who uses it.

/// Their names in lower case: Django, Rails, Laravel, Alembic, Prisma, Knex, Sequelize, TypeORM, Doctrine, Phinx, Flyway, Liquibase,
/// Entity Framework, goose, sqlx, Diesel, SeaORM, Drizzle, Room, Android, SpatiaLite, GeoPackage. Those of SQLite itself are
/// left out anyway.
const NAMES: &[&str] = &[
    "__diesel_schema_migrations",
    "__drizzle_migrations",
    "__efmigrationshistory",
    "_prisma_migrations",
    "_sqlx_migrations",
    "alembic_version",
    "android_metadata",
    "ar_internal_metadata",
    "auth_permission",
    "databasechangelog",
    "databasechangeloglock",
    "django_content_type",
    "django_migrations",
    "django_site",
    "doctrine_migration_versions",
    "flyway_schema_history",
    "geometry_columns",
    "goose_db_version",
    "gorp_migrations",
    "gpkg_spatial_ref_sys",
    "kysely_migration",
    "knex_migrations",
    "knex_migrations_lock",
    "migration_versions",
    "migrations",
    "migrations_lock",
    "phinxlog",
    "room_master_table",
    "schema_migrations",
    "schema_version",
    "seaql_migrations",
    "sequelizemeta",
    "south_migrationhistory",
    "spatial_ref_sys",
    "spatial_ref_sys_aux",
    "typeorm_metadata",
];

/// Words of tables in which a program keeps its own state.
const STATE: &[&str] = &[
    "blob",
    "bookmark",
    "cache",
    "checksum",
    "config",
    "configuration",
    "cookie",
    "download",
    "favicon",
    "flag",
    "history",
    "icon",
    "idx",
    "index",
    "job",
    "key",
    "kv",
    "lock",
    "meta",
    "metadata",
    "option",
    "preference",
    "property",
    "queue",
    "revision",
    "segment",
    "session",
    "setting",
    "snapshot",
    "state",
    "store",
    "sync",
    "task",
    "thumbnail",
    "value",
    "variable",
    "version",
];

/// Whether a table is a framework's own.
pub(super) fn is_own(table: &str) -> bool {
    NAMES.iter().any(|it| it.eq_ignore_ascii_case(table))
}

/// Whether the name of a table speaks of a program's state.
pub(super) fn is_of_state(table: &str) -> bool {
    let words = table.split(|c: char| !c.is_ascii_alphabetic()).filter(|it| !it.is_empty());
    words.map(str::to_ascii_lowercase).any(|word| {
        let of_y = word.strip_suffix("ies").map(|it| format!("{it}y"));
        let forms = [Some(word.as_str()), word.strip_suffix('s'), of_y.as_deref()];
        forms.into_iter().flatten().any(|it| STATE.contains(&it))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_tables_of_frameworks_and_of_state() {
        for (name, own, state) in [
            ("django_migrations", true, false),
            ("schema_migrations", true, false),
            ("users", false, false),
            ("moz_cookies", false, true),
            ("cache_entries", false, true),
            ("properties", false, true),
            ("countries", false, false),
        ] {
            assert_eq!((is_own(name), is_of_state(name)), (own, state), "{name}");
        }
    }
}
