#include "publish/feature_changes.hpp"

#include <cstdint>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"

namespace kharita::publish {

namespace {

Feature village(std::uint64_t id) {
    return {.id = id,
            .geometry = Point{{36.6, 35.3}},
            .properties = {{"name", "Murak"}, {"killed", std::int64_t{3}}},
            .rank = 2};
}

} // namespace

TEST_CASE("content_hash: anything that a feature says tells") {
    Feature const first = village(5);
    std::vector<Feature> others(11, first);
    others[0].id = 6;
    others[1].rank = 2.5;
    others[2].geometry = Point{{36.6, 35.3000001}};
    others[3].geometry = MultiPoint{{{36.6, 35.3}}};
    others[4].properties[0].first = "name_ar";
    others[5].properties[0].second = "Murek";
    others[6].properties[1].second = 3.0;
    others[7].properties[1].second = Value{};
    others[8].properties.pop_back();
    others[9].geometry = LineString{{{36.6, 35.3}, {36.7, 35.3}}};
    others[10].geometry = Polygon{{{36, 35}, {37, 35}, {37, 36}, {36, 35}},
                                  {{{36.5, 35.2}, {36.6, 35.3}, {36.6, 35.2}, {36.5, 35.2}}}};
    std::set<std::uint64_t> hashes{content_hash(first)};
    for (Feature const& other : others) {
        hashes.insert(content_hash(other));
    }
    CHECK(hashes.size() == others.size() + 1);
    CHECK(content_hash(village(5)) == content_hash(first));
}

TEST_CASE("changes_since: what is new, other or gone") {
    FeatureLayer layer{"events", {village(9), village(2), village(5)}};
    std::vector<tile::FeatureIndex::Content> const before = contents_of(layer);
    REQUIRE(before.size() == 3);
    CHECK(before[0].id == 2);
    CHECK(before[2].id == 9);
    CHECK(changes_since(before, layer).is_empty());
    layer.features[1].rank = 7;
    layer.features.erase(layer.features.begin());
    layer.features.push_back(village(1));
    FeatureChanges const changes = changes_since(before, layer);
    CHECK(changes.put == std::vector<std::size_t>{0, 2});
    CHECK(changes.removed == std::vector<std::uint64_t>{9});
    CHECK(changes_since({}, layer).put.size() == 3);
    CHECK(changes_since(before, {"events", {}}).removed == std::vector<std::uint64_t>{2, 5, 9});
}

TEST_CASE("contents_of: features that ids do not tell apart are refused") {
    CHECK_THROWS_AS(contents_of({"events", {village(3), village(3)}}), InputError);
    CHECK_THROWS_AS(contents_of({"events", {village(0)}}), InputError);
    CHECK(contents_of({"events", {}}).empty());
}

} // namespace kharita::publish
