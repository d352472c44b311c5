#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "event/same_event_rules.hpp"
#include "model/telling.hpp"

namespace kharita::event {

/// What an actor belongs to: actor id, and that of its parent. Actors who are kin are no contradiction.
using ActorParents = std::map<std::string, std::string, std::less<>>;

/// A telling with what comparing it takes.
struct PreparedTelling {
    Telling telling;
    std::string family; ///< what it is compared with
    std::int64_t first_day = 0;
    std::int64_t last_day = 0;
    std::vector<std::string> parties; ///< the highest parents of its initiators, sorted, each once
    double busy = 0;                  ///< BusyDays::bits of its place and family
    std::vector<double> busy_of;      ///< the same, of each of its parties alone
    double places = 1;                ///< of how many its report tells the like, itself included
    std::vector<std::uint64_t> words; ///< words_round; of a telling that was not read yet none
    std::vector<std::uint64_t> rare;  ///< those that are not common
    bool is_read = false;
};

/// Without what depends on other tellings (Surroundings) and on the text.
PreparedTelling prepared(Telling telling, SameEventRules const& rules, ActorParents const& parents);

/// Whether the text gives the telling a day of its own.
bool is_dated(PreparedTelling const& telling) noexcept;

/// Takes the words of its quote.
void look_up_words(SameEventRules const& rules, PreparedTelling& prepared);

/// A sign and how often it counts.
struct WeighedSign {
    SameEventRules::Sign sign{};
    double times = 1;
};

/// Weighs the signs that two tellings are of one happening. Rules and parents must outlive it.
class Comparison {
public:
    Comparison(SameEventRules const& rules, ActorParents const& parents)
        : m_rules{rules},
          m_parents{parents} {}

    /// Whether two tellings are so near each other that signs are weighed.
    bool is_near(PreparedTelling const& a, PreparedTelling const& b) const;

    /// Logarithm of the odds, whichever comes first. Both must be read.
    double score(PreparedTelling const& a, PreparedTelling const& b) const;
    /// What the score is at most, whatever the words are.
    double highest_score(PreparedTelling const& a, PreparedTelling const& b) const;
    std::vector<WeighedSign> signs(PreparedTelling const& a, PreparedTelling const& b) const;
    /// The score and what speaks for it, for people.
    std::string explain(PreparedTelling const& a, PreparedTelling const& b) const;

private:
    class Likeness;
    enum class Agreement { unknown, same, other };
    enum class Numbers { unknown, same, near, other };
    /// The signs of one number that tellings give, and its name for people.
    struct NumberSigns;

    void weigh(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const;
    static void weigh_place(PreparedTelling const& first, PreparedTelling const& second, Likeness& to);
    static void weigh_days(PreparedTelling const& a, PreparedTelling const& b, Likeness& to);
    static void weigh_publication(PreparedTelling const& a, PreparedTelling const& b, Likeness& to);
    void weigh_kind(Telling const& a, Telling const& b, Likeness& to) const;
    void weigh_actors(Telling const& a, Telling const& b, Likeness& to) const;
    void weigh_numbers(Telling const& a, Telling const& b, Likeness& to) const;
    Numbers weigh_number(std::optional<std::int64_t> a, std::optional<std::int64_t> b,
                         NumberSigns const& signs, Likeness& to) const;
    void weigh_words(PreparedTelling const& a, PreparedTelling const& b, Likeness& to) const;
    bool are_opposite(Telling const& a, Telling const& b) const;
    Agreement actors(std::vector<std::string> const& a, std::vector<std::string> const& b) const;
    Agreement sides(Telling const& a, Telling const& b) const;
    bool is_kin(std::string const& actor, std::vector<std::string> const& others) const;
    bool is_called(std::string const& actor, std::vector<std::string> const& others) const;
    Numbers numbers(std::optional<std::int64_t> a, std::optional<std::int64_t> b) const;

    SameEventRules const& m_rules;
    ActorParents const& m_parents;
};

} // namespace kharita::event
