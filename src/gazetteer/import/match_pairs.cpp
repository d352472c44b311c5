#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "gazetteer/import/merge.hpp"

namespace kharita::gazetteer {

namespace {

/// In metres: how far apart two records may be to be the same place by their name, by the sound of it, and
/// up to where the same name in the same admin unit is worth a word.
struct Limits {
    double name = 0;
    double sound = 0;
    double conflict = 0;
};
constexpr std::array<Limits, 8> limits_of_kind{{{0, 0, 0},              // unit: see UnitTable
                                                {3'000, 1'500, 15'000}, // settlement
                                                {1'500, 700, 5'000},    // neighbourhood
                                                {8'000, 2'000, 0},      // height
                                                {15'000, 3'000, 0},     // water
                                                {150'000, 20'000, 0},   // line
                                                {60'000, 10'000, 0},    // region
                                                {3'000, 800, 10'000}}}; // facility
constexpr Limits village_and_quarter{1'500, 500, 0};

/// With one id, positions may differ by this much more.
constexpr double id_factor = 5;
/// Two Arabic names that differ: the Latin one that agrees counts only this close.
constexpr double other_arabic_limit = 400;
/// Two Arabic main names that differ, and one of them is also the other's alias: only this close.
constexpr double alias_limit = 1'000;
/// Across a border of governorates, sources may place a village on either side.
constexpr double border_limit = 1'000;

std::optional<Limits> limits(PlaceKind a, PlaceKind b) noexcept {
    if (a == b) {
        return limits_of_kind[static_cast<std::size_t>(a)];
    }
    bool const settled = (a == PlaceKind::settlement && b == PlaceKind::neighbourhood) ||
                         (a == PlaceKind::neighbourhood && b == PlaceKind::settlement);
    return settled ? std::optional{village_and_quarter} : std::nullopt;
}

/// Good to half a percent over some tens of kilometres, and fast: this is asked millions of times.
double metres_between(MatchEntry const& a, MatchEntry const& b) noexcept {
    constexpr double per_degree = 111'195;
    double const middle = (a.lat + b.lat) * 0.5e-7 * std::numbers::pi / 180;
    double east = std::abs((static_cast<double>(a.lon) - static_cast<double>(b.lon)) * 1e-7);
    east = std::min(east, 360 - east) * std::cos(middle);
    double const north = (static_cast<double>(a.lat) - static_cast<double>(b.lat)) * 1e-7;
    return per_degree * std::hypot(east, north);
}

constexpr std::array<double, 5> distrust{0, 1, 1.3, 2, 2.5};

float score_of(Evidence evidence, double distance) noexcept {
    auto const rank = static_cast<std::size_t>(evidence);
    return static_cast<float>(distrust[rank] * distance + 50.0 * static_cast<double>(rank));
}

std::optional<Verdict> verdict_of_id(MatchEntry const& older, MatchEntry const& newer,
                                     std::uint32_t first_new, Limits const& near, double distance) noexcept {
    if (older.own && newer.own && older.record >= first_new) {
        return Verdict::twice;
    }
    return distance <= near.name               ? Verdict::same
           : distance <= id_factor * near.name ? Verdict::same_moved
                                               : Verdict::far_id;
}

std::optional<Verdict> verdict_of_name(MatchEntry const& older, MatchEntry const& newer, Limits const& near,
                                       double distance) noexcept {
    bool const by_sound = newer.evidence >= Evidence::arabic_spelling;
    bool const latin = newer.evidence == Evidence::latin_name || newer.evidence == Evidence::latin_sound;
    bool const same_arabic = older.arabic == 0 || newer.arabic == 0 || older.arabic == newer.arabic;
    if (latin && !same_arabic && distance > other_arabic_limit) {
        return std::nullopt;
    }
    double const limit = by_sound ? near.sound : same_arabic ? near.name : std::min(near.name, alias_limit);
    if (distance > limit) {
        bool const same_unit = older.unit != 0 && older.unit == newer.unit;
        bool const alias = !same_arabic && distance <= near.name;
        return !by_sound && same_unit && (same_arabic || alias) && distance <= near.conflict
                   ? std::optional{Verdict::far_name}
                   : std::nullopt;
    }
    bool const same_admin1 = older.admin1 == 0 || newer.admin1 == 0 || older.admin1 == newer.admin1;
    return same_admin1 || distance <= border_limit || near.conflict == 0 ? Verdict::same
                                                                         : Verdict::other_admin;
}

std::optional<RecordPair> compare(MatchEntry const& a, MatchEntry const& b, std::uint32_t first_new) {
    MatchEntry const& older = a.record < b.record ? a : b;
    MatchEntry const& newer = a.record < b.record ? b : a;
    bool const by_id = older.evidence == Evidence::id;
    if (older.record == newer.record || newer.record < first_new || older.evidence != newer.evidence ||
        (!by_id && older.source == newer.source && older.source != 0)) {
        return std::nullopt;
    }
    auto const near = limits(older.kind, newer.kind);
    double const distance = metres_between(older, newer);
    if (older.kind == PlaceKind::unit && newer.kind == PlaceKind::unit) {
        return std::nullopt; // the table of units has compared them
    }
    if (!near) {
        // An id stands once, even if a reference may be to a village or to its district.
        if (!by_id || !older.own || !newer.own) {
            return std::nullopt;
        }
        return RecordPair{older.record,
                          newer.record,
                          static_cast<float>(distance),
                          0,
                          Evidence::id,
                          older.record < first_new ? Verdict::far_id : Verdict::twice,
                          true};
    }
    auto const verdict = by_id ? verdict_of_id(older, newer, first_new, *near, distance)
                               : verdict_of_name(older, newer, *near, distance);
    if (!verdict) {
        return std::nullopt;
    }
    return RecordPair{
        older.record,   newer.record, static_cast<float>(distance), score_of(older.evidence, distance),
        older.evidence, *verdict,     older.own && newer.own};
}

/// How far in latitude two entries of a kind can be and still matter, in 1e-7 degrees.
std::int64_t reach(MatchEntry const& entry) noexcept {
    if (entry.evidence == Evidence::id) {
        return 1'800'000'000;
    }
    Limits const& near = limits_of_kind[static_cast<std::size_t>(entry.kind)];
    return static_cast<std::int64_t>(std::max(near.name, near.conflict) / 111'000 * 1e7) + 1;
}

} // namespace

void find_pairs(std::span<MatchEntry const> entries, std::uint32_t first_new,
                std::vector<RecordPair>& pairs) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::int64_t const north = entries[i].lat + reach(entries[i]);
        for (std::size_t j = i + 1;
             j < entries.size() && entries[j].key == entries[i].key && entries[j].lat <= north; ++j) {
            if (auto const pair = compare(entries[i], entries[j], first_new)) {
                pairs.push_back(*pair);
            }
        }
    }
}

} // namespace kharita::gazetteer
