"""The database: engine, tables, migrations, one query module per noun, backup. The only room that says SQL."""
