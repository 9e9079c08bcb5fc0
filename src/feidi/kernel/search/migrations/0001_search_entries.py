from django.db import migrations, models

ID_BITS = 27

# External content: FTS5 keeps the inverted index only, the tokens stay in the table. (A *contentless* table could not
# delete on SQLite 3.40.) The view gives FTS5 its row numbers, so that "rebuild" works.
SQLITE = [
    f"CREATE VIEW search_fts_content AS SELECT (sort_place << {ID_BITS} | id) AS place, tokens FROM search_entry",
    "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='search_fts_content', content_rowid='place', "
    "tokenize='ascii', detail='none', columnsize=0)",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    f"INSERT INTO search_fts(rowid, tokens) VALUES (new.sort_place << {ID_BITS} | new.id, new.tokens); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tokens) "
    f"VALUES ('delete', old.sort_place << {ID_BITS} | old.id, old.tokens); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE OF tokens, sort_place ON search_entry "
    "WHEN old.tokens <> new.tokens OR old.sort_place <> new.sort_place BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tokens) "
    f"VALUES ('delete', old.sort_place << {ID_BITS} | old.id, old.tokens); "
    f"INSERT INTO search_fts(rowid, tokens) VALUES (new.sort_place << {ID_BITS} | new.id, new.tokens); END",
]
POSTGRESQL = [
    "ALTER TABLE search_entry ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED",
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
]
SQLITE_BACK = [
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_removed",
    "DROP TRIGGER search_entry_changed",
    "DROP TABLE search_fts",
    "DROP VIEW search_fts_content",
]
POSTGRESQL_BACK = ["DROP INDEX search_entry_vector", "ALTER TABLE search_entry DROP COLUMN vector"]


def _run(schema_editor, sqlite, postgresql):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=200)),
                ("subtitle", models.CharField(blank=True, max_length=300)),
                ("tokens", models.TextField()),
                ("sort_place", models.BigIntegerField()),
            ],
            options={"db_table": "search_entry"},
        ),
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.UniqueConstraint(
                fields=("subject_kind", "subject_uid"), name="search_entry_once_per_subject"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["sort_place", "id"], name="search_entry_order"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
