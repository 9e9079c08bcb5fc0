from django.db import migrations, models

_PLACE = "{0}.sort_place << 27 | {0}.id"

# External content: FTS5 keeps the inverted index only, the tokens stay in the table. (A *contentless* table could not
# delete on SQLite 3.40.) The view gives FTS5 its row numbers, so that "rebuild" works.
SQLITE = [
    (
        "CREATE VIEW search_fts_content AS "
        "SELECT (sort_place << 27 | id) AS place, tokens FROM search_entry WHERE NOT pending"
    ),
    (
        "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='search_fts_content', content_rowid='place', "
        "tokenize='ascii', detail='none', columnsize=0)"
    ),
    (
        "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry WHEN NOT new.pending BEGIN "
        f"INSERT INTO search_fts(rowid, tokens) VALUES ({_PLACE.format('new')}, new.tokens); END"
    ),
    (
        "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry WHEN NOT old.pending BEGIN "
        "INSERT INTO search_fts(search_fts, rowid, tokens) "
        f"VALUES ('delete', {_PLACE.format('old')}, old.tokens); END"
    ),
    (
        "CREATE TRIGGER search_entry_changed AFTER UPDATE OF tokens, sort_place, pending ON search_entry "
        "WHEN old.tokens <> new.tokens OR old.sort_place <> new.sort_place OR old.pending <> new.pending BEGIN "
        "INSERT INTO search_fts(search_fts, rowid, tokens) "
        f"SELECT 'delete', {_PLACE.format('old')}, old.tokens WHERE NOT old.pending; "
        f"INSERT INTO search_fts(rowid, tokens) SELECT {_PLACE.format('new')}, new.tokens WHERE NOT new.pending; END"
    ),
]
POSTGRESQL = [
    (
        "ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        "(CASE WHEN pending THEN NULL ELSE array_to_tsvector(string_to_array(tokens, ' ')) END) STORED"
    ),
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
                ("pending", models.BooleanField(default=False, db_default=False)),
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
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["id"], condition=models.Q(("pending", True)), name="search_entry_pending"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
