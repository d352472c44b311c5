#include "event/telling_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "event/telling_words.hpp"
#include "geo/geodesic.hpp"

namespace kharita::event {

namespace {

using Sign = SameEventRules::Sign;

constexpr double metres_a_km = 1000;

std::int64_t day_number(Date date) noexcept {
    return date.time_since_epoch().count();
}

std::int64_t days_apart(PreparedTelling const& a, PreparedTelling const& b) noexcept {
    return std::max({a.first_day - b.last_day, b.first_day - a.last_day, std::int64_t{0}});
}

/// Where both name one party, only what that one does there makes the place busy.
double busy_place(PreparedTelling const& a, PreparedTelling const& b) {
    double least = std::max(a.busy, b.busy);
    for (std::size_t i = 0; i < a.busy_of.size(); ++i) {
        auto const same = std::ranges::lower_bound(b.parties, a.parties[i]);
        if (same != b.parties.end() && *same == a.parties[i]) {
            auto const j = static_cast<std::size_t>(same - b.parties.begin());
            least = std::min(least, std::max(a.busy_of[i], b.busy_of[j]));
        }
    }
    return least;
}

constexpr int deepest = 16; // a parent that is its own grandchild would have no end

std::string const& party_of(std::string const& actor, ActorParents const& parents) {
    std::string const* party = &actor;
    for (int i = 0; i < deepest; ++i) {
        auto const parent = parents.find(*party);
        if (parent == parents.end() || parent->second.empty()) {
            break;
        }
        party = &parent->second;
    }
    return *party;
}

/// Whether a day that one telling states as its own lies after the other was published.
bool is_too_young(PreparedTelling const& telling, PreparedTelling const& other) {
    return is_dated(telling) && other.telling.published &&
           telling.first_day > day_number(*other.telling.published);
}

} // namespace

bool is_dated(PreparedTelling const& telling) noexcept {
    return telling.telling.dating == Telling::Dating::its_own;
}

PreparedTelling prepared(Telling telling, SameEventRules const& rules, ActorParents const& parents) {
    auto const family = rules.families.find(telling.sub_event_type);
    PreparedTelling made;
    made.family = family == rules.families.end() ? telling.event_type : family->second;
    made.first_day = day_number(telling.date);
    made.last_day = std::max(made.first_day, day_number(telling.date_end));
    // Masked gunmen are whoever another report names: they neither agree with anybody nor contradict.
    auto const is_nobody = [&](std::string const& actor) { return rules.nobody.contains(actor); };
    std::erase_if(telling.initiators, is_nobody);
    std::erase_if(telling.targets, is_nobody);
    for (std::string const& initiator : telling.initiators) {
        made.parties.push_back(party_of(initiator, parents));
    }
    std::ranges::sort(made.parties);
    made.parties.erase(std::unique(made.parties.begin(), made.parties.end()), made.parties.end());
    made.telling = std::move(telling);
    return made;
}

void look_up_words(SameEventRules const& rules, PreparedTelling& prepared) {
    Telling& telling = prepared.telling;
    prepared.words = words_round(telling.quote, telling.trigger, static_cast<std::size_t>(rules.words));
    std::ranges::copy_if(prepared.words, std::back_inserter(prepared.rare),
                         [&](std::uint64_t word) { return !rules.common_words.contains(word); });
    telling.quote = {}; // long, and not needed any more
    prepared.is_read = true;
}

/// Signs added up; kept and put into words where that is wanted.
class Comparison::Likeness {
public:
    explicit Likeness(SameEventRules const& rules) : m_rules{rules} {}

    void add(Sign sign, double times = 1) {
        m_score += times * m_rules.weight(sign);
        if (m_signs != nullptr) {
            m_signs->push_back({.sign = sign, .times = times});
        }
    }
    template <typename... Args>
    void say(fmt::format_string<Args...> format, Args&&... args) const {
        if (m_reasons != nullptr) {
            m_reasons->push_back(fmt::format(format, std::forward<Args>(args)...));
        }
    }

    double score() const noexcept { return m_score; }
    void keep(std::vector<WeighedSign>& signs) noexcept { m_signs = &signs; }
    void keep(std::vector<std::string>& reasons) noexcept { m_reasons = &reasons; }

private:
    SameEventRules const& m_rules;
    double m_score = 0;
    std::vector<WeighedSign>* m_signs = nullptr;
    std::vector<std::string>* m_reasons = nullptr;
};

namespace {

/// Whether two positions are so many kilometres apart at most, on the ellipsoid. A sphere tells nearly
/// always, at a tenth of the cost: its distances are less than 0.6 % off.
bool lie_within(LonLat a, LonLat b, double km) {
    constexpr double mean_radius_km = 6371.0088;
    constexpr double slack = 0.01;
    constexpr double half_a_degree = std::numbers::pi / 360;
    double const across = std::sin((a.lat - b.lat) * half_a_degree);
    double const along = std::sin((a.lon - b.lon) * half_a_degree);
    double const haversine = across * across + std::cos(2 * half_a_degree * a.lat) *
                                                   std::cos(2 * half_a_degree * b.lat) * along * along;
    double const sphere_km = 2 * mean_radius_km * std::asin(std::sqrt(std::min(1.0, haversine)));
    if (std::abs(sphere_km - km) > slack * km) {
        return sphere_km < km;
    }
    return geo::distance(a, b).value <= km * metres_a_km;
}

} // namespace

bool Comparison::is_near(PreparedTelling const& a, PreparedTelling const& b) const {
    double const days = is_dated(a) && is_dated(b) ? m_rules.days : m_rules.undated_days;
    if (a.telling.report == b.telling.report || a.family != b.family ||
        static_cast<double>(days_apart(a, b)) > days) {
        return false;
    }
    double const both = (a.telling.uncertainty.value + b.telling.uncertainty.value) / metres_a_km;
    bool const of_one_name = !a.telling.place_name.empty() && a.telling.place_name == b.telling.place_name;
    double const reach =
        of_one_name ? std::max(both, m_rules.km_low) : std::clamp(both, m_rules.km_low, m_rules.km_high);
    constexpr double km_a_degree = 110.5; // of latitude, at least
    return std::abs(a.telling.at.lat - b.telling.at.lat) * km_a_degree <= reach &&
           lie_within(a.telling.at, b.telling.at, reach);
}

bool Comparison::is_kin(std::string const& actor, std::vector<std::string> const& others) const {
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

bool Comparison::is_called(std::string const& actor, std::vector<std::string> const& others) const {
    return std::ranges::any_of(others, [&](std::string const& other) {
        return m_rules.also_called.contains(std::pair{actor, other});
    });
}

Comparison::Agreement Comparison::actors(std::vector<std::string> const& a,
                                         std::vector<std::string> const& b) const {
    if (a.empty() || b.empty()) {
        return Agreement::unknown;
    }
    auto const agrees = [&](std::string const& one, std::vector<std::string> const& others) {
        return std::ranges::binary_search(others, one) || is_kin(one, others) || is_called(one, others);
    };
    bool const is_same = std::ranges::any_of(a, [&](std::string const& one) { return agrees(one, b); }) ||
                         std::ranges::any_of(b, [&](std::string const& one) { return agrees(one, a); });
    return is_same ? Agreement::same : Agreement::other;
}

Comparison::Numbers Comparison::numbers(std::optional<std::int64_t> a, std::optional<std::int64_t> b) const {
    if (!a || !b) {
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

void Comparison::weigh_place(PreparedTelling const& first, PreparedTelling const& second, Likeness& to) {
    constexpr int region = 3;
    constexpr int exact = 1;
    Telling const& a = first.telling;
    Telling const& b = second.telling;
    if (a.place == b.place && !a.place.empty()) {
        bool const is_region = std::max(a.geo_precision, b.geo_precision) >= region;
        to.add(is_region ? Sign::same_region : Sign::same_place);
        to.say("same {} ({})", is_region ? "region" : "place", a.place);
    } else {
        Metres const apart = geo::distance(a.at, b.at);
        if (a.place_name == b.place_name && !a.place_name.empty()) {
            to.add(Sign::same_name);
            to.say("two places of one name ({})", a.place_name);
        } else if (apart.value <= std::max(a.uncertainty.value, b.uncertainty.value)) {
            to.add(Sign::one_in_other);
        } else {
            bool const both_named =
                a.geo_precision == exact && b.geo_precision == exact && !a.place.empty() && !b.place.empty();
            to.add(both_named ? Sign::other_settlement : Sign::other_place);
        }
        to.say("{:.0f} km apart", apart.value / metres_a_km);
    }
    to.add(Sign::busy_place, busy_place(first, second));
    if (double const places = std::min(first.places, second.places); places > 1) {
        to.add(Sign::one_of_many, std::log2(places));
        to.say("one of {:.0f} places of which both tell the like", places);
    }
}

/// «سيطرت الفصائل» and «سيطرت قوات النظام» of one town; and of one side that it took and that it left it.
bool Comparison::are_opposite(Telling const& a, Telling const& b) const {
    if (m_rules.opposites.contains(std::pair{a.sub_event_type, b.sub_event_type})) {
        return true;
    }
    bool const one_leaves =
        m_rules.givings_up.contains(a.sub_event_type) != m_rules.givings_up.contains(b.sub_event_type);
    return one_leaves && actors(a.initiators, b.initiators) == Agreement::same;
}

void Comparison::weigh_kind(Telling const& a, Telling const& b, Likeness& to) const {
    if (a.sub_event_type == b.sub_event_type && !m_rules.vague.contains(a.sub_event_type)) {
        to.add(Sign::same_sub_event);
        to.say("same kind");
    }
    if (m_rules.vague.contains(a.sub_event_type) || m_rules.vague.contains(b.sub_event_type)) {
        to.add(Sign::vague_kind);
        to.say("of no kind in particular");
    }
    if (are_opposite(a, b)) {
        to.add(Sign::opposite);
        to.say("one undoes the other");
    }
}

void Comparison::weigh_days(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) {
    auto const apart = days_apart(a, b);
    bool const both_dated = is_dated(a) && is_dated(b);
    constexpr std::int64_t many = 3;
    if (apart == 0) {
        to.say("same day");
        return;
    }
    if (apart >= many) {
        to.add(both_dated ? Sign::more_days_apart : Sign::undated_more_days_apart);
    } else if (apart == 1) {
        to.add(both_dated ? Sign::one_day_apart : Sign::undated_one_day_apart);
    } else {
        to.add(both_dated ? Sign::two_days_apart : Sign::undated_two_days_apart);
    }
    to.say("{} day{} apart{}", apart, apart == 1 ? "" : "s",
           both_dated ? "" : ", not both dated by their text");
}

void Comparison::weigh_publication(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) {
    if (!a.telling.published || !b.telling.published) {
        return;
    }
    constexpr std::int64_t long_after = 3;
    auto const between = std::abs(day_number(*a.telling.published) - day_number(*b.telling.published));
    if (between == 0) {
        to.add(Sign::published_same_day);
    } else if (between >= long_after) {
        to.add(Sign::published_days_apart);
    }
    if (is_too_young(a, b) || is_too_young(b, a)) {
        to.add(Sign::after_publication);
        to.say("one after the other was published");
    }
}

/// Of what two sides do to each other: whether any side of one is a side of the other. Two reports that name
/// one side each may mean its two sides.
Comparison::Agreement Comparison::sides(Telling const& a, Telling const& b) const {
    auto const either = [&](std::vector<std::string> const& one, std::vector<std::string> const& other) {
        return actors(one, other) == Agreement::same;
    };
    if (either(a.initiators, b.initiators) || either(a.initiators, b.targets) ||
        either(a.targets, b.initiators) || either(a.targets, b.targets)) {
        return Agreement::same;
    }
    bool const all_named =
        !a.initiators.empty() && !a.targets.empty() && !b.initiators.empty() && !b.targets.empty();
    return all_named ? Agreement::other : Agreement::unknown;
}

void Comparison::weigh_actors(Telling const& a, Telling const& b, Likeness& to) const {
    Agreement const initiators =
        m_rules.mutual.contains(a.sub_event_type) && m_rules.mutual.contains(b.sub_event_type)
            ? sides(a, b)
            : actors(a.initiators, b.initiators);
    if (initiators == Agreement::same) {
        to.add(Sign::same_initiator);
        to.say("same initiator");
    } else if (initiators == Agreement::other) {
        to.add(Sign::other_initiator);
        to.say("another initiator");
    }
    Agreement const targets = actors(a.targets, b.targets);
    if (targets != Agreement::unknown) {
        to.add(targets == Agreement::same ? Sign::same_target : Sign::other_target);
    }
}

struct Comparison::NumberSigns {
    Sign same{};
    std::optional<Sign> near;
    Sign other{};
    char const* what = "";
};

Comparison::Numbers Comparison::weigh_number(std::optional<std::int64_t> a, std::optional<std::int64_t> b,
                                             NumberSigns const& signs, Likeness& to) const {
    Numbers const found = numbers(a, b);
    if (found == Numbers::same) {
        to.add(signs.same);
        to.say("{} {} in both", *a, signs.what);
    } else if (found == Numbers::near && signs.near) {
        to.add(*signs.near);
        to.say("{} and {} {}", std::min(*a, *b), std::max(*a, *b), signs.what);
    } else if (found == Numbers::other) {
        to.add(signs.other);
        to.say("{} and {} {}", std::min(*a, *b), std::max(*a, *b), signs.what);
    }
    return found;
}

void Comparison::weigh_numbers(Telling const& a, Telling const& b, Likeness& to) const {
    Numbers const killed = weigh_number(
        a.killed, b.killed,
        {.same = Sign::same_killed, .near = Sign::near_killed, .other = Sign::other_killed, .what = "killed"},
        to);
    if (killed == Numbers::same || killed == Numbers::near) {
        // That two strikes kill one each is chance; that two bombs kill thirty-two each is hardly.
        constexpr double of_near = 0.5;
        to.add(Sign::many_killed, (killed == Numbers::same ? 1 : of_near) *
                                      std::log2(1.0 + static_cast<double>(std::min(*a.killed, *b.killed))));
    }
    weigh_number(a.injured, b.injured,
                 {.same = Sign::same_injured,
                  .near = Sign::near_injured,
                  .other = Sign::other_injured,
                  .what = "injured"},
                 to);
    weigh_number(a.count, b.count,
                 {.same = Sign::same_count, .near = {}, .other = Sign::other_count, .what = "strikes"}, to);
}

void Comparison::weigh_words(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const {
    auto const fewer = std::min(a.words.size(), b.words.size());
    if (static_cast<double>(fewer) < m_rules.words_least) {
        return;
    }
    constexpr double half = 0.5;
    double const share = static_cast<double>(count_of_common(a.words, b.words)) / static_cast<double>(fewer);
    to.add(Sign::same_words, share);
    to.add(Sign::mostly_same_words, std::max(0.0, share - half));
    if (share > half) {
        to.say("{:.0f} % of the words", share * 100);
    }
    auto const rare = static_cast<double>(count_of_common(a.rare, b.rare));
    to.add(Sign::rare_words, std::log2(1 + std::min(rare, m_rules.rare_most)));
    if (rare > 1) {
        to.say("{:.0f} rare words in both", rare);
    }
}

void Comparison::weigh(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const {
    to.add(Sign::base);
    weigh_place(a, b, to);
    weigh_days(a, b, to);
    weigh_kind(a.telling, b.telling, to);
    weigh_publication(a, b, to);
    weigh_actors(a.telling, b.telling, to);
    weigh_numbers(a.telling, b.telling, to);
}

double Comparison::score(PreparedTelling const& a, PreparedTelling const& b) const {
    Likeness likeness{m_rules};
    weigh(a, b, likeness);
    weigh_words(a, b, likeness);
    return likeness.score();
}

double Comparison::highest_score(PreparedTelling const& a, PreparedTelling const& b) const {
    constexpr double half = 0.5; // weigh_words
    Likeness likeness{m_rules};
    weigh(a, b, likeness);
    return likeness.score() + std::max(0.0, m_rules.weight(Sign::same_words)) +
           half * std::max(0.0, m_rules.weight(Sign::mostly_same_words)) +
           std::log2(1 + m_rules.rare_most) * std::max(0.0, m_rules.weight(Sign::rare_words));
}

std::vector<WeighedSign> Comparison::signs(PreparedTelling const& a, PreparedTelling const& b) const {
    std::vector<WeighedSign> all;
    Likeness likeness{m_rules};
    likeness.keep(all);
    weigh(a, b, likeness);
    weigh_words(a, b, likeness);
    return all;
}

std::string Comparison::explain(PreparedTelling const& a, PreparedTelling const& b) const {
    std::vector<std::string> reasons;
    Likeness likeness{m_rules};
    likeness.keep(reasons);
    weigh(a, b, likeness);
    weigh_words(a, b, likeness);
    return fmt::format("{}; likeness {:.1f}", fmt::join(reasons, ", "), likeness.score());
}

} // namespace kharita::event
