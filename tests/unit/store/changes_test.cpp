#include "store/changes.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sample.hpp"
#include "store/loader.hpp"
#include "support/temp_folder.hpp"

using namespace kharita; // NOLINT: a test
using store::Database;
using store::Layer;

namespace {

Database with(std::filesystem::path const& file, std::vector<Document> const& documents) {
    Database database = Database::create(file, Overwrite::refuse);
    store::Loader loader{database};
    for (Document const& document : documents) {
        loader.add(document);
    }
    loader.commit();
    return database;
}

std::vector<std::string> said(Database& before, Database& now) {
    std::vector<std::string> lines;
    store::changes(before, now, Layer::events, [&](store::ChangedFeature const& changed) {
        lines.push_back(fmt::format("{} {} {}", store::name_of(changed.change),
                                    std::get<std::string>(changed.feature.properties.front().second),
                                    fmt::join(changed.fields, " ")));
    });
    return lines;
}

} // namespace

TEST_CASE("changes: nothing between equal databases, all of it against an empty one") {
    test::TempFolder const folder;
    Database empty = with(folder.path() / "0.db", {});
    Database first = with(folder.path() / "1.db", {sample_document()});
    Database again = with(folder.path() / "2.db", {sample_document()});
    CHECK(said(first, again).empty());
    CHECK(said(empty, empty).empty());
    auto const all = static_cast<std::size_t>(store::feature_count(first, Layer::events));
    REQUIRE(all > 0);
    CHECK(said(empty, first).size() == all);
    CHECK(said(first, empty).size() == all);
    CHECK(said(empty, first).front().starts_with("added "));
    CHECK(said(first, empty).front().starts_with("removed "));
}

TEST_CASE("changes: which fields of an event are other ones") {
    test::TempFolder const folder;
    Database before = with(folder.path() / "1.db", {sample_document()});
    Document changed = sample_document();
    changed.events.front().weapon = "barrel bomb";
    Database now = with(folder.path() / "2.db", {changed, sample_document(2)});
    std::vector<std::string> const lines = said(before, now);
    std::size_t added = 0;
    for (std::string const& line : lines) {
        added += line.starts_with("added ") ? 1U : 0U;
    }
    CHECK(added == lines.size() - 1);
    CHECK(lines.back() == "changed " + changed.events.front().id + " weapon");
}
