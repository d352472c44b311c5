#include "eval/score.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <unordered_map>

#include "model/code_points.hpp"

namespace kharita::eval {

double Matches::precision() const noexcept {
    return paired + spurious == 0 ? 0 : static_cast<double>(paired) / static_cast<double>(paired + spurious);
}

double Matches::recall() const noexcept {
    return paired + missed == 0 ? 0 : static_cast<double>(paired) / static_cast<double>(paired + missed);
}

double Matches::f1() const noexcept {
    double const sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
}

std::string_view name_of(Mistake::Kind kind) noexcept {
    switch (kind) {
    case Mistake::Kind::missed:
        return "missed";
    case Mistake::Kind::spurious:
        return "spurious";
    case Mistake::Kind::far:
        return "wrong place";
    case Mistake::Kind::unplaced:
        return "left open";
    case Mistake::Kind::role:
        return "role";
    case Mistake::Kind::event_missed:
        return "event missed";
    case Mistake::Kind::event_spurious:
        return "event spurious";
    }
    return "";
}

double Calibration::expected_error() const noexcept {
    double sum = 0;
    std::size_t all = 0;
    for (Bin const& bin : bins) {
        sum += std::abs(bin.confidence - static_cast<double>(bin.right.right));
        all += bin.right.of;
    }
    return all == 0 ? 0 : sum / static_cast<double>(all);
}

double distance_km(LonLat a, LonLat b) noexcept {
    constexpr double radius = 6371.0;
    auto const radians = [](double degrees) { return degrees * (std::numbers::pi / 180); };
    double const north = std::sin(radians(b.lat - a.lat) / 2);
    double const east = std::sin(radians(b.lon - a.lon) / 2);
    double const square = north * north + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * (east * east);
    return radius * 2 * std::asin(std::min(1.0, std::sqrt(square)));
}

namespace {

struct Kind {
    std::string_view precision;
    double tolerance_km;
    std::string_view feature; ///< what its feature code must begin with, or empty
};

constexpr std::array<Kind, 9> kinds{{{"settlement", 2, ""},
                                     {"neighbourhood", 2, ""},
                                     {"facility", 2, ""},
                                     {"natural", 5, ""},
                                     {"admin3", 10, "ADM3"},
                                     {"admin2", 20, "ADM2"},
                                     {"admin1", 60, "ADM1"},
                                     {"region", 150, ""},
                                     {"country", 500, "PCL"}}};

constexpr Kind unknown_kind{"", 161, ""};

Kind kind_of(std::string_view precision) {
    auto const* const found = std::find_if(kinds.begin(), kinds.end(),
                                           [&](Kind const& kind) { return kind.precision == precision; });
    return found == kinds.end() ? unknown_kind : *found;
}

} // namespace

bool is_right(LabelledMention const& labelled, SaidMention const& said) {
    Kind const kind = kind_of(labelled.precision);
    if (!said.feature.starts_with(kind.feature)) {
        return false;
    }
    if (!labelled.ref.empty() &&
        std::find(said.refs.begin(), said.refs.end(), labelled.ref) != said.refs.end()) {
        return true;
    }
    return labelled.at && said.at && distance_km(*labelled.at, *said.at) <= kind.tolerance_km;
}

std::size_t overlap(Range a, Range b) noexcept {
    std::int64_t const shared = std::min(a.end, b.end) - std::max(a.start, b.start);
    return shared > 0 ? static_cast<std::size_t>(shared) : 0;
}

std::string context_of(LabelledDocument const& document, Range range) {
    constexpr std::int64_t reach = 40;
    CodePoints const points{document.text};
    auto const size = static_cast<std::int64_t>(points.size());
    auto const byte = [&](std::int64_t point) {
        return points.to_byte(static_cast<std::size_t>(std::clamp<std::int64_t>(point, 0, size)))
            .value_or(document.text.size());
    };
    std::size_t const from = byte(range.start - reach);
    std::size_t const begin = byte(range.start);
    std::size_t const end = byte(range.end);
    std::size_t const to = byte(range.end + reach);
    std::string context = document.text.substr(from, begin - from) + "[" +
                          document.text.substr(begin, end - begin) + "]" +
                          document.text.substr(end, to - end);
    std::replace_if(
        context.begin(), context.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return context;
}

Scores score(std::vector<LabelledDocument> const& labelled, std::vector<SaidDocument> const& said,
             gazetteer::Gazetteer const& gazetteer) {
    std::unordered_map<std::string_view, SaidDocument const*> by_id;
    for (SaidDocument const& each : said) {
        by_id.emplace(each.id, &each);
    }
    Scores scores;
    SaidDocument const nothing;
    for (LabelledDocument const& each : labelled) {
        ++scores.documents;
        auto const found = by_id.find(each.id);
        scores.missing += found == by_id.end() ? 1U : 0U;
        SaidDocument const& answer = found == by_id.end() ? nothing : *found->second;
        score_mentions(each, answer, gazetteer, scores);
        score_events(each, answer, scores);
    }
    return scores;
}

} // namespace kharita::eval
