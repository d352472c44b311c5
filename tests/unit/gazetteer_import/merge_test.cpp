#include "gazetteer/import/merge.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace kharita::gazetteer {

namespace {

constexpr std::uint32_t first_new = 10;
/// One degree of latitude is 111,195 m on the sphere that pairs are measured on.
constexpr double metres_per_degree = 111'195;

MatchEntry entry(std::uint32_t record, double metres_north, std::uint64_t key = 7) {
    MatchEntry result;
    result.key = key;
    result.record = record;
    result.lon = 365'000'000;
    result.lat = static_cast<std::int32_t>((35 + metres_north / metres_per_degree) * 1e7);
    result.evidence = Evidence::arabic_name;
    result.source = record < first_new ? 0 : 1;
    return result;
}

std::vector<RecordPair> pairs_of(std::vector<MatchEntry> const& entries) {
    std::vector<RecordPair> pairs;
    find_pairs(entries, first_new, pairs);
    return pairs;
}

RecordPair pair(std::uint32_t older, std::uint32_t newer, float distance, Verdict verdict = Verdict::same) {
    return {older, newer, distance, distance + 50, Evidence::arabic_name, verdict, false};
}

} // namespace

TEST_CASE("find_pairs: a village of the same name within 3 km") {
    auto const near = pairs_of({entry(1, 0), entry(12, 2900)});
    REQUIRE(near.size() == 1);
    CHECK(near[0].older == 1);
    CHECK(near[0].newer == 12);
    CHECK(near[0].verdict == Verdict::same);
    CHECK(near[0].distance == doctest::Approx(2900).epsilon(0.001));
    CHECK(pairs_of({entry(1, 0), entry(12, 3100)}).empty());
}

TEST_CASE("find_pairs: not two existing places, not another name, not two of one source") {
    CHECK(pairs_of({entry(1, 0), entry(2, 10)}).empty());
    CHECK(pairs_of({entry(1, 0, 7), entry(12, 10, 8)}).empty());
    CHECK(pairs_of({entry(11, 0), entry(12, 10)}).empty());
}

TEST_CASE("find_pairs: the same name far away in the same unit is a conflict, in another a homonym") {
    auto a = entry(1, 0);
    auto b = entry(12, 9000);
    a.unit = b.unit = 5;
    auto const far = pairs_of({a, b});
    REQUIRE(far.size() == 1);
    CHECK(far[0].verdict == Verdict::far_name);
    b.unit = 6;
    CHECK(pairs_of({a, b}).empty());
}

TEST_CASE("find_pairs: another governorate contradicts, but for the border's own kilometre") {
    auto a = entry(1, 0);
    auto b = entry(12, 2000);
    a.admin1 = 5;
    b.admin1 = 6;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::other_admin);
    b.lat = entry(12, 900).lat;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::same);
}

TEST_CASE("find_pairs: Latin names that agree do not outweigh Arabic ones that differ") {
    auto a = entry(1, 0);
    auto b = entry(12, 1500);
    a.evidence = b.evidence = Evidence::latin_name;
    a.arabic = 5;
    b.arabic = 6;
    CHECK(pairs_of({a, b}).empty());
    b.arabic = 5;
    CHECK(pairs_of({a, b}).size() == 1);
    b.arabic = 0;
    CHECK(pairs_of({a, b}).size() == 1);
}

TEST_CASE("find_pairs: one id for two kinds of place cannot be") {
    auto a = entry(1, 0);
    auto b = entry(12, 10);
    a.kind = PlaceKind::unit;
    a.evidence = b.evidence = Evidence::id;
    CHECK(pairs_of({a, b}).empty());
    a.own = b.own = true;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::far_id);
}

TEST_CASE("find_pairs: a hill is no village") {
    auto a = entry(1, 0);
    auto b = entry(12, 10);
    b.kind = PlaceKind::height;
    CHECK(pairs_of({a, b}).empty());
}

TEST_CASE("find_pairs: an alias counts close by only where the main names differ") {
    auto a = entry(1, 0);
    auto b = entry(12, 1500);
    a.arabic = 5;
    b.arabic = 6;
    a.unit = b.unit = 9;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::far_name);
    b.lat = entry(12, 900).lat;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::same);
}

TEST_CASE("find_pairs: the same id") {
    auto a = entry(1, 0);
    auto b = entry(12, 2000);
    a.evidence = b.evidence = Evidence::id;
    a.own = b.own = true;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::same);
    b.lat = entry(12, 9000).lat;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::same_moved);
    b.lat = entry(12, 40'000).lat;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::far_id);
    a.record = 11;
    CHECK(pairs_of({a, b}).at(0).verdict == Verdict::twice);
}

TEST_CASE("merge: the nearest place takes the record, the other is told") {
    auto const result =
        merge({pair(1, 10, 900), pair(2, 10, 300)}, first_new, std::vector<std::uint64_t>(11));
    CHECK(result.roots[10] == 2);
    CHECK(result.roots[1] == 1);
    REQUIRE(result.decisions.size() == 2);
    CHECK(result.decisions[0].verdict == Verdict::ambiguous);
    CHECK(result.decisions[0].older == 1);
    CHECK(result.decisions[1].verdict == Verdict::same);
}

TEST_CASE("merge: records of several sources become one") {
    auto const result =
        merge({pair(1, 10, 100), pair(10, 11, 100)}, first_new, std::vector<std::uint64_t>(12));
    CHECK(result.roots[10] == 1);
    CHECK(result.roots[11] == 1);
}

TEST_CASE("merge: two ids of one source are two places, unless they stand side by side") {
    std::vector<std::uint64_t> sources(12);
    sources[1] = sources[10] = 2;
    auto const apart = merge({pair(1, 10, 900)}, first_new, sources);
    CHECK(apart.roots[10] == 10);
    REQUIRE(apart.decisions.size() == 1);
    CHECK(apart.decisions[0].verdict == Verdict::other_id);
    CHECK(merge({pair(1, 10, 600)}, first_new, sources).roots[10] == 1);
}

TEST_CASE("merge: an id that stands already is set aside") {
    RecordPair twice = pair(10, 11, 0, Verdict::twice);
    twice.own = true;
    auto const result = merge({twice}, first_new, std::vector<std::uint64_t>(12));
    CHECK(result.set_aside == std::vector<std::uint32_t>{11});
    REQUIRE(result.decisions.size() == 1);
    CHECK(result.roots[11] == 11);
}

TEST_CASE("merge: of a record that found its place, far homonyms say nothing") {
    auto const merged = merge({pair(1, 10, 100), pair(2, 10, 9000, Verdict::far_name)}, first_new,
                              std::vector<std::uint64_t>(11));
    CHECK(merged.decisions.size() == 1);
    auto const alone =
        merge({pair(2, 10, 9000, Verdict::far_name)}, first_new, std::vector<std::uint64_t>(11));
    CHECK(alone.decisions.size() == 1);
}

TEST_CASE("merge: nothing in, nothing out") {
    CHECK(merge({}, 0, {}).roots.empty());
}

} // namespace kharita::gazetteer
