"""Where rows live: the star's declaration, keys, Parquet staging, the build database, the views and the publication.

    rows.rows_of(reading) ► staging.write_shard ► loading.load (build.duckdb) ► publication.publish (current/warehouse.duckdb)

`star` declares every table once; Arrow schemas, DDL, comments, data dictionary and expectations are computed from it.
"""
