#include "store/layer_fields.hpp"

#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "sample.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Layer;
using store::LayerField;

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
                CHECK((!std::holds_alternative<std::string>(value) ||
                       fields[i].kind == LayerField::Kind::text));
                CHECK((!std::holds_alternative<std::int64_t>(value) ||
                       fields[i].kind == LayerField::Kind::whole));
                CHECK((!std::holds_alternative<double>(value) || fields[i].kind == LayerField::Kind::real));
                CHECK((!std::holds_alternative<bool>(value) || fields[i].kind == LayerField::Kind::truth));
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
            CHECK(text.find("| `" + std::string{field.name} + "` |") != std::string::npos);
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
