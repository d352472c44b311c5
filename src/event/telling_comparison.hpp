#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/same_events.hpp"

namespace kharita::event {

/// A telling with what comparing it takes.
struct PreparedTelling {
    Telling const* telling = nullptr;
    std::string_view family;
    std::int64_t first_day = 0;
    std::int64_t last_day = 0;
    std::vector<std::uint64_t> words;
    double busy = 0;             ///< log2 of the days on which something of the family is told of the place
    std::vector<double> busy_of; ///< the same, of each of its initiators alone
    bool alone = false;
};

/// Prepares tellings, in their order. The rules and tellings must outlive what is returned.
std::vector<PreparedTelling> prepare(std::span<Telling const* const> tellings, SameEventRules const& rules);

/// Weighs the evidence that two tellings are of one happening. Rules and parents must outlive it.
class Comparison {
public:
    Comparison(SameEventRules const& rules, ActorParents const& parents)
        : m_rules{rules},
          m_parents{parents} {}

    /// Whether two tellings are so near each other that evidence is weighed.
    bool is_near(PreparedTelling const& a, PreparedTelling const& b) const;
    double score(PreparedTelling const& a, PreparedTelling const& b) const;
    std::string explain(PreparedTelling const& a, PreparedTelling const& b) const;

private:
    struct Likeness;
    void weigh(PreparedTelling const& first, PreparedTelling const& second, Likeness& to) const;
    static void weigh_place(Telling const& a, Telling const& b, Likeness& to);
    bool are_opposite(Telling const& a, Telling const& b) const;
    void weigh_days(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const;
    void weigh_words(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const;
    void weigh_numbers(Telling const& a, Telling const& b, Likeness& to) const;
    enum class Agreement { unknown, same, kin, other };
    static double busy_place(PreparedTelling const& a, PreparedTelling const& b);
    Agreement actors(std::vector<std::string> const& a, std::vector<std::string> const& b) const;
    bool is_kin(std::string const& actor, std::vector<std::string> const& others) const;
    enum class Numbers { unknown, same, near, other };
    Numbers numbers(std::optional<std::int64_t> a, std::optional<std::int64_t> b) const;

    SameEventRules const& m_rules;
    ActorParents const& m_parents;
};

} // namespace kharita::event
