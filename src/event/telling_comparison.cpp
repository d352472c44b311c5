#include "event/telling_comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "geo/geodesic.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

namespace {

using Evidence = SameEventRules::Evidence;

std::int64_t day_number(Date date) noexcept {
    return date.time_since_epoch().count();
}

/// A word without the article and what is written together with it, where three letters remain.
std::string_view bare(std::string_view word) {
    static std::array<std::string, 4> const prefixes{text::fold_key("وال"), text::fold_key("بال"),
                                                     text::fold_key("لل"), text::fold_key("ال")};
    constexpr std::size_t least = 3;
    for (std::string_view const prefix : prefixes) {
        if (word.starts_with(prefix) && word.size() >= prefix.size() + least) {
            return word.substr(prefix.size());
        }
    }
    return word;
}

/// Hashes of the longer words round the trigger, sorted, each once.
std::vector<std::uint64_t> words_round(Telling const& telling, std::size_t reach) {
    constexpr std::size_t least_letters = 3;
    text::TokenizedText const text{telling.quote};
    auto const at = telling.quote.find(telling.trigger);
    std::vector<std::string_view> words;
    std::size_t trigger = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const kind = text.tokens()[i].kind;
        if (kind != text::Token::Kind::word && kind != text::Token::Kind::number) {
            continue;
        }
        if (at != std::string::npos && text.span(i, i + 1).begin <= at) {
            trigger = words.size();
        }
        words.push_back(text.codes(i));
    }
    std::size_t const begin = trigger > reach ? trigger - reach : 0;
    std::size_t const end = std::min(words.size(), trigger + reach + 1);
    std::vector<std::uint64_t> hashes;
    for (std::size_t i = begin; i < end; ++i) {
        if (std::string_view const word = bare(words[i]); word.size() >= least_letters) {
            hashes.push_back(xxh3(word));
        }
    }
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

std::size_t count_of_common(std::vector<std::uint64_t> const& a, std::vector<std::uint64_t> const& b) {
    std::size_t count = 0;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (*left == *right) {
            ++count;
            ++left;
            ++right;
        } else if (*left < *right) {
            ++left;
        } else {
            ++right;
        }
    }
    return count;
}

/// Days on which something of a family is told of a place: of anybody, and of each initiator.
class BusyDays {
public:
    explicit BusyDays(std::vector<PreparedTelling> const& tellings) {
        for (PreparedTelling const& each : tellings) {
            days_of(each, {}).push_back(each.first_day);
            for (std::string const& initiator : each.telling->initiators) {
                days_of(each, initiator).push_back(each.first_day);
            }
        }
        for (auto& [place, all] : m_days) {
            std::ranges::sort(all);
            all.erase(std::unique(all.begin(), all.end()), all.end());
        }
    }

    /// Logarithm (base 2) of how many; of an empty initiator, anybody's.
    double of(PreparedTelling const& telling, std::string_view initiator) {
        return std::log2(static_cast<double>(days_of(telling, initiator).size()));
    }

private:
    std::vector<std::int64_t>& days_of(PreparedTelling const& telling, std::string_view initiator) {
        return m_days[{telling.telling->place, telling.family, initiator}];
    }

    std::map<std::array<std::string_view, 3>, std::vector<std::int64_t>> m_days;
};

void count_busy_days(std::vector<PreparedTelling>& tellings) {
    BusyDays days{tellings};
    for (PreparedTelling& telling : tellings) {
        telling.busy = days.of(telling, {});
        telling.busy_of.reserve(telling.telling->initiators.size());
        for (std::string const& initiator : telling.telling->initiators) {
            telling.busy_of.push_back(days.of(telling, initiator));
        }
    }
}

} // namespace

std::vector<PreparedTelling> prepare(std::span<Telling const* const> tellings, SameEventRules const& rules) {
    std::vector<PreparedTelling> prepared;
    prepared.reserve(tellings.size());
    for (Telling const* const telling : tellings) {
        auto const family = rules.families.find(telling->sub_event_type);
        prepared.push_back({.telling = telling,
                            .family = family == rules.families.end() ? std::string_view{telling->event_type}
                                                                     : std::string_view{family->second},
                            .first_day = day_number(telling->date),
                            .last_day = std::max(day_number(telling->date), day_number(telling->date_end)),
                            .words = words_round(*telling, static_cast<std::size_t>(rules.words)),
                            .busy_of = {}});
    }
    count_busy_days(prepared);
    return prepared;
}

/// Evidence added up; in words where they are wanted.
struct Comparison::Likeness {
    SameEventRules const& rules;
    double score = 0;
    std::vector<std::string>* reasons = nullptr;

    void add(Evidence evidence, double times = 1) { score += times * rules.weight(evidence); }
    template <typename... Args>
    void say(fmt::format_string<Args...> format, Args&&... args) const {
        if (reasons != nullptr) {
            reasons->push_back(fmt::format(format, std::forward<Args>(args)...));
        }
    }
};

bool Comparison::is_near(PreparedTelling const& a, PreparedTelling const& b) const {
    auto const apart = static_cast<double>(std::max(a.first_day - b.last_day, b.first_day - a.last_day));
    if (a.telling->report == b.telling->report || a.family != b.family || apart > m_rules.days) {
        return false;
    }
    constexpr double metres_a_km = 1000;
    double const reach =
        std::clamp((a.telling->uncertainty.value + b.telling->uncertainty.value) / metres_a_km,
                   m_rules.km_low, m_rules.km_high);
    return geo::distance(a.telling->at, b.telling->at).value <= reach * metres_a_km;
}

bool Comparison::is_kin(std::string const& actor, std::vector<std::string> const& others) const {
    constexpr int deepest = 16; // a parent that is its own grandchild would have no end
    std::string const* current = &actor;
    for (int i = 0; i < deepest; ++i) {
        auto const parent = m_parents.find(*current);
        if (parent == m_parents.end() || parent->second.empty()) {
            return false;
        }
        current = &parent->second;
        if (std::ranges::binary_search(others, *current)) {
            return true;
        }
    }
    return false;
}

Comparison::Agreement Comparison::actors(std::vector<std::string> const& a,
                                         std::vector<std::string> const& b) const {
    if (a.empty() || b.empty()) {
        return Agreement::unknown;
    }
    auto const among = [](std::vector<std::string> const& all) {
        return [&all](std::string const& one) { return std::ranges::binary_search(all, one); };
    };
    if (std::ranges::any_of(a, among(b))) {
        return Agreement::same;
    }
    if (std::ranges::any_of(a, [&](std::string const& one) { return is_kin(one, b); }) ||
        std::ranges::any_of(b, [&](std::string const& one) { return is_kin(one, a); })) {
        return Agreement::kin;
    }
    return Agreement::other;
}

/// Two zeros agree in nothing that other happenings would not.
Comparison::Numbers Comparison::numbers(std::optional<std::int64_t> a, std::optional<std::int64_t> b) const {
    if (!a || !b || (*a == 0 && *b == 0)) {
        return Numbers::unknown;
    }
    if (*a == *b) {
        return Numbers::same;
    }
    auto const low = static_cast<double>(std::min(*a, *b));
    auto const high = static_cast<double>(std::max(*a, *b));
    return high - low <= m_rules.number_step || high <= low * m_rules.number_ratio ? Numbers::near
                                                                                   : Numbers::other;
}

void Comparison::weigh_place(Telling const& a, Telling const& b, Likeness& to) {
    constexpr int region = 3;
    constexpr int exact = 1;
    if (a.place != b.place || a.place.empty()) {
        bool const both_named =
            a.geo_precision == exact && b.geo_precision == exact && !a.place.empty() && !b.place.empty();
        to.add(both_named ? Evidence::other_settlement : Evidence::other_place);
        constexpr double metres_a_km = 1000;
        to.say("{:.0f} km apart", geo::distance(a.at, b.at).value / metres_a_km);
    } else if (std::max(a.geo_precision, b.geo_precision) >= region) {
        to.add(Evidence::same_region);
        to.say("same region ({})", a.place);
    } else {
        to.add(Evidence::same_place);
        to.say("same place ({})", a.place);
    }
}

/// «سيطرت الفصائل» and «سيطرت قوات النظام» of one town; and of one side that it took and that it left it.
bool Comparison::are_opposite(Telling const& a, Telling const& b) const {
    if (m_rules.opposites.contains(std::pair{a.sub_event_type, b.sub_event_type})) {
        return true;
    }
    bool const one_leaves =
        m_rules.givings_up.contains(a.sub_event_type) != m_rules.givings_up.contains(b.sub_event_type);
    Agreement const initiators = one_leaves ? actors(a.initiators, b.initiators) : Agreement::unknown;
    return initiators == Agreement::same || initiators == Agreement::kin;
}

void Comparison::weigh_days(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const {
    auto const apart = std::max({a.first_day - b.last_day, b.first_day - a.last_day, std::int64_t{0}});
    if (apart == 0) {
        to.say("same day");
    } else {
        bool const are_dated =
            a.telling->dating == Telling::Dating::its_own && b.telling->dating == Telling::Dating::its_own;
        to.add(apart == 1   ? Evidence::one_day_apart
               : apart == 2 ? Evidence::two_days_apart
                            : Evidence::three_days_apart,
               are_dated ? 1 : m_rules.undated);
        to.say("{} day{} apart", apart, apart == 1 ? "" : "s");
    }
    constexpr std::int64_t long_after = 3;
    if (a.telling->published && b.telling->published) {
        auto const between = std::abs(day_number(*a.telling->published) - day_number(*b.telling->published));
        if (between == 0) {
            to.add(Evidence::published_same_day);
        } else if (between >= long_after) {
            to.add(Evidence::published_days_apart);
        }
    }
}

void Comparison::weigh_words(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const {
    auto const fewer = std::min(a.words.size(), b.words.size());
    if (static_cast<double>(fewer) < m_rules.words_least) {
        return;
    }
    constexpr double half = 0.5;
    double const share = static_cast<double>(count_of_common(a.words, b.words)) / static_cast<double>(fewer);
    to.add(Evidence::same_words, share);
    to.add(Evidence::mostly_same_words, std::max(0.0, share - half));
    if (share > half) {
        to.say("{:.0f} % of the words", share * 100);
    }
}

void Comparison::weigh_numbers(Telling const& a, Telling const& b, Likeness& to) const {
    switch (numbers(a.killed, b.killed)) {
    case Numbers::same:
        to.add(Evidence::same_killed);
        to.say("{} killed in both", *a.killed);
        break;
    case Numbers::near:
        to.add(Evidence::near_killed);
        to.say("{} and {} killed", *a.killed, *b.killed);
        break;
    case Numbers::other:
        to.add(Evidence::other_killed);
        to.say("{} and {} killed", *a.killed, *b.killed);
        break;
    case Numbers::unknown:
        break;
    }
    switch (numbers(a.injured, b.injured)) {
    case Numbers::same:
        to.add(Evidence::same_injured);
        to.say("{} injured in both", *a.injured);
        break;
    case Numbers::near:
        to.add(Evidence::near_injured);
        break;
    case Numbers::other:
        to.add(Evidence::other_injured);
        break;
    case Numbers::unknown:
        break;
    }
    switch (numbers(a.count, b.count)) {
    case Numbers::same:
        to.add(Evidence::same_count);
        to.say("{} strikes in both", *a.count);
        break;
    case Numbers::other:
        to.add(Evidence::other_count);
        break;
    case Numbers::near:
    case Numbers::unknown:
        break;
    }
}

void Comparison::weigh(PreparedTelling const& first, PreparedTelling const& second, Likeness& to) const {
    Telling const& a = *first.telling;
    Telling const& b = *second.telling;
    to.add(Evidence::base);
    weigh_place(a, b, to);
    weigh_days(first, second, to);
    if (a.sub_event_type == b.sub_event_type) {
        to.add(Evidence::same_sub_event);
        to.say("same kind");
    }
    if (are_opposite(a, b)) {
        to.add(Evidence::opposite);
        to.say("one undoes the other");
    }
    Agreement const initiators = actors(a.initiators, b.initiators);
    if (initiators == Agreement::same || initiators == Agreement::kin) {
        to.add(Evidence::same_initiator);
        to.say("same initiator");
    } else if (initiators == Agreement::other) {
        to.add(Evidence::other_initiator);
        to.say("another initiator");
    }
    Agreement const targets = actors(a.targets, b.targets);
    if (targets == Agreement::same) {
        to.add(Evidence::same_target);
    } else if (targets == Agreement::other) {
        to.add(Evidence::other_target);
    }
    weigh_numbers(a, b, to);
    weigh_words(first, second, to);
    to.add(Evidence::busy_place, busy_place(first, second));
}

/// Where both name one initiator, only what that one does there makes the place busy.
double Comparison::busy_place(PreparedTelling const& a, PreparedTelling const& b) {
    double least = std::max(a.busy, b.busy);
    for (std::size_t i = 0; i < a.busy_of.size(); ++i) {
        auto const& others = b.telling->initiators;
        auto const same = std::ranges::lower_bound(others, a.telling->initiators[i]);
        if (same != others.end() && *same == a.telling->initiators[i]) {
            auto const j = static_cast<std::size_t>(same - others.begin());
            least = std::min(least, std::max(a.busy_of[i], b.busy_of[j]));
        }
    }
    return least;
}

double Comparison::score(PreparedTelling const& a, PreparedTelling const& b) const {
    Likeness likeness{.rules = m_rules};
    weigh(a, b, likeness);
    return likeness.score;
}

std::string Comparison::explain(PreparedTelling const& a, PreparedTelling const& b) const {
    std::vector<std::string> reasons;
    Likeness likeness{.rules = m_rules, .score = 0, .reasons = &reasons};
    weigh(a, b, likeness);
    return fmt::format("{}; likeness {:.1f}", fmt::join(reasons, ", "), likeness.score);
}

} // namespace kharita::event
