"""The steps of the schema by name: what a database must have, told without loading them."""

STEPS = frozenset(
    {
        "m001_documents_attributions_claims",
        "m002_reading_again",
        "m003_one_wording_for_a_claim",
        "m004_source_edits",
        "m005_captures_copies_anchors",
        "m006_claims_compared",
        "m007_merged_sources_counted_once",
        "m008_publication",
        "m009_narration_compared",
        "m010_corrections",
        "m011_keeping",
        "m012_desk_queues",
        "m013_partitions",
        "m014_adding_many",
        "m015_undone_as_one",
        "m016_claims_begin_alone",
        "m017_index_without_words",
        "m018_words_from_the_text",
        "m019_rows_under_their_keys",
    }
)
"""The names of all steps in `claimtrack.store.migrations`."""
