#include "store/export.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/output_file.hpp"
#include "geo/geojson.hpp"
#include "sample.hpp"
#include "sqlite/connection.hpp"
#include "store/database.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;
using store::ExportFormat;
using store::Layer;

TEST_CASE("write_layer: what is written reads back as the same features") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document(1));
    loader.add(sample_document(2));
    loader.commit();
    database.set_metadata("attribution", "places: a \"source\"");
    for (ExportFormat const format : {ExportFormat::geojson, ExportFormat::geojsonseq}) {
        for (Layer const layer : store::all_layers) {
            CAPTURE(store::name_of(layer));
            std::string text;
            std::size_t called = 0;
            auto const counts = store::write_layer(
                database, layer, format, [&](std::string_view part) { text += part; }, [&] { ++called; });
            CHECK(counts.features == called);
            auto expected = store::feature_layer(database, layer).features;
            CHECK(counts.features == expected.size());
            bool const collection = format == ExportFormat::geojson;
            CHECK((text.find("\"attribution\":\"places: a \\\"source\\\"\"") != std::string::npos) ==
                  collection);
            if (expected.empty() && !collection) {
                CHECK(text.empty());
                continue;
            }
            auto const file = folder.path() / "out.geojson";
            write_file(file, text, Overwrite::replace);
            auto const read = geo::read_geojson(file);
            REQUIRE(read.size() == expected.size());
            for (std::size_t i = 0; i < read.size(); ++i) {
                CHECK(read[i].id == expected[i].id);
                CHECK(read[i].geometry == expected[i].geometry);
                CHECK(read[i].properties.size() == expected[i].properties.size());
            }
        }
    }
}

TEST_CASE("write_layer: each line is the feature's GeoJSON") {
    kharita::test::TempFolder const folder;
    Database database = Database::create(folder.path() / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document(1));
    loader.add(sample_document(2));
    Document hostile = sample_document(3);
    hostile.report.url = "https://example.org/?\"\\\x01\n";
    hostile.report.source.clear();
    hostile.report.published.reset();
    hostile.events.front().killed.reset();
    hostile.events.front().date.reset();
    hostile.events.front().date_end.reset();
    loader.add(hostile);
    loader.commit();
    // Some in every layer, some with several reports or none of their own.
    auto& connection = database.connection();
    connection.execute(
        "UPDATE event SET modality = CASE id % 7 WHEN 1 THEN 'planned' WHEN 2 THEN 'failed' WHEN 3 "
        "THEN 'denied' WHEN 4 THEN 'threatened' WHEN 5 THEN 'historical' ELSE 'occurred' END "
        "WHERE id > 2");
    connection.execute("UPDATE event_report SET event = 1 WHERE event IN (3, 5, 7)");
    std::size_t lines = 0;
    for (Layer const layer : store::all_layers) {
        CAPTURE(store::name_of(layer));
        std::string expected;
        for (Feature const& feature : store::feature_layer(database, layer).features) {
            geo::append_geojson(expected, feature);
            expected += '\n';
            ++lines;
        }
        std::string text;
        store::write_layer(database, layer, ExportFormat::geojsonseq,
                           [&](std::string_view part) { text += part; });
        CHECK(text == expected);
    }
    CHECK(lines >= 20);
}

TEST_CASE("parse_format: the names of the command line") {
    CHECK(store::parse_format("geojson") == ExportFormat::geojson);
    CHECK(store::parse_format("geojsonseq") == ExportFormat::geojsonseq);
    CHECK_FALSE(store::parse_format("shapefile"));
}
