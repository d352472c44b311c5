#include "store/styles.hpp"

#include <doctest/doctest.h>

#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test

TEST_CASE("write_styles: each registered layer has one default for either provider of QGIS") {
    kharita::test::TempFolder const folder;
    store::Database database = store::Database::create(folder.path() / "events.db", Overwrite::refuse);
    database.finish();
    sqlite::Connection& connection = database.connection();
    auto layers = connection.prepare("SELECT f_table_name, f_geometry_column FROM geometry_columns UNION ALL "
                                     "SELECT view_name, view_geometry FROM views_geometry_columns");
    auto styles =
        connection.prepare("SELECT count(*), sum(f_table_schema IS NULL), sum(f_table_schema = '') FROM "
                           "layer_styles WHERE f_table_name = ? AND f_geometry_column = ? AND useAsDefault "
                           "AND styleQML LIKE '<!DOCTYPE qgis%</qgis>%'");
    int seen = 0;
    while (layers.step()) {
        CAPTURE(layers.text(0));
        styles.bind(layers.text(0), layers.text(1)).step();
        CHECK(styles.integer(0) == 2);
        CHECK(styles.integer(1) == 1);
        CHECK(styles.integer(2) == 1);
        ++seen;
    }
    CHECK(seen == 20);
    // Tables hold keys where views hold names: no labels there.
    CHECK(
        connection.integer("SELECT count(*) FROM layer_styles WHERE f_table_name = 'event' AND styleQML LIKE "
                           "'%labelsEnabled=\"1\"%'") == 0);
}

TEST_CASE("style_of: every layer that goes out has one") {
    for (store::Layer const layer : store::all_layers) {
        CAPTURE(store::name_of(layer));
        store::LayerStyle const style = store::style_of(layer);
        CHECK(style.qml.starts_with("<!DOCTYPE qgis"));
        CHECK_FALSE(style.description.empty());
    }
}
