#include "store/layer_fields.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "sample.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Layer;
using store::LayerField;
using Kind = LayerField::Kind;

TEST_CASE("fields_of: the properties that features have, in their order and of their kind") {
    test::TempFolder const folder;
    store::Database database = store::Database::create(folder.path() / "events.db", Overwrite::refuse);
    store::Loader loader{database};
    loader.add(sample_document());
    loader.commit();
    for (Layer const layer : store::all_layers) {
        CAPTURE(store::name_of(layer));
        CHECK(!store::meaning_of(layer).empty());
        auto const fields = store::fields_of(layer);
        store::features(database, layer, [&](Feature const& feature) {
            REQUIRE(feature.properties.size() == fields.size());
            for (std::size_t i = 0; i < fields.size(); ++i) {
                auto const& [name, value] = feature.properties[i];
                CAPTURE(name);
                CHECK(name == fields[i].name);
                Kind const kind = fields[i].kind;
                CHECK((!std::holds_alternative<std::string>(value) || kind == Kind::text ||
                       kind == Kind::arabic));
                CHECK((!std::holds_alternative<std::int64_t>(value) || kind == Kind::whole ||
                       kind == Kind::days));
                CHECK((!std::holds_alternative<double>(value) || kind == Kind::real));
                CHECK((!std::holds_alternative<bool>(value) || kind == Kind::truth));
            }
        });
    }
}

TEST_CASE("data_dictionary: every layer and field, none without a meaning") {
    std::string const text = store::data_dictionary();
    for (Layer const layer : store::all_layers) {
        CHECK(text.find("## " + std::string{store::name_of(layer)} + "\n") != std::string::npos);
        for (LayerField const& field : store::fields_of(layer)) {
            CAPTURE(field.name);
            CHECK(!field.meaning.empty());
            CHECK(!field.meaning_ar.empty());
            CHECK(text.find("| `" + std::string{field.name} + "` |") != std::string::npos);
        }
    }
}

TEST_CASE("fields_of: tiles carry what the table says, and what thinning adds") {
    auto const tileset =
        nlohmann::json::parse(read_file(std::filesystem::path{KHARITA_SOURCE_DIR} / "schemas/tileset.json"));
    for (Layer const layer :
         {Layer::events, Layer::places, Layer::zones, Layer::frontlines, Layer::control}) {
        CAPTURE(store::name_of(layer));
        auto const of_tiles = std::ranges::find_if(
            tileset["layers"], [&](auto const& each) { return each["id"] == store::name_of(layer); });
        REQUIRE(of_tiles != tileset["layers"].end());
        auto const& attributes = (*of_tiles)["attributes"];
        for (LayerField const& field : store::fields_of(layer)) {
            CAPTURE(field.name);
            CHECK(attributes.contains(std::string{field.name}) == (field.tiles == LayerField::Tiles::with));
        }
    }
}

TEST_CASE("spreadsheet_text: words stay words") {
    struct Row {
        char const* given;
        char const* expected;
    };
    for (Row const& row : {Row{"", ""}, Row{"Idlib", "Idlib"}, Row{"=1+1", "'=1+1"}, Row{"+963", "'+963"},
                           Row{"-", "'-"}, Row{"@SUM(A1)", "'@SUM(A1)"}, Row{"a=b", "a=b"}}) {
        CHECK(store::spreadsheet_text(row.given) == row.expected);
    }
}
