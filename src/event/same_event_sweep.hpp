#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "event/near_cells.hpp"
#include "event/same_events.hpp"
#include "event/surroundings.hpp"
#include "event/telling_cluster.hpp"
#include "event/telling_comparison.hpp"

namespace kharita::event {

/// Finds tellings of one happening in one pass over the days, holding those days alone that lie near each
/// other.
///
/// Tellings are compared that lie near each other in space and time and are of one family; signs for and
/// against are added up (SameEventRules). Tellings that are joined by likenesses form a cluster; it is
/// decided when no younger telling can reach it: groups are joined best first, while the likeness of all
/// pairs of their members is on average above 0, so that no chain of likenesses unites what is unlike. No
/// group holds what one report tells of two places, unless an analyst merges them. A group's first telling is
/// the one published first, then that of the lowest id. Orders come before signs.
class SameEventSweep {
public:
    /// Fills in trigger and quote.
    using Read = std::function<void(Telling&)>;
    /// A decided cluster: its groups, each in the order in which its tellings were published; those of one
    /// telling too.
    using Decided = std::function<void(std::span<std::vector<ToldHappening> const>)>;

    /// Everything named must outlive the sweep. `read` is asked for tellings whose words can decide.
    SameEventSweep(SameEventRules const& rules, ActorParents const& parents, SameEventOrders const& orders,
                   Read read, Decided decided);

    /// Takes the next telling: by day, then by event id, ascending.
    void add(Telling telling);
    /// Decides what is open. Ends the sweep.
    void end();

private:
    struct Entry {
        PreparedTelling prepared;
        bool is_alone = false; ///< compared with none
        std::size_t cluster = 0;
    };
    struct Cluster {
        std::vector<std::size_t> members;
        std::int64_t last_day = 0;
        std::size_t awaited = 0; ///< merges that wait for their other telling
    };

    void begin(std::size_t number);
    void compare(std::size_t number, Entry& entry);
    void await_merges(std::size_t number, Entry const& entry);
    bool are_alike(Entry& a, Entry& b);
    void read(Entry& entry);
    void unite(std::size_t a, std::size_t b);
    void close_before(std::int64_t day);
    void close(Cluster const& cluster);
    void decide(Cluster const& cluster);
    std::vector<std::pair<std::size_t, std::size_t>>
    merges_among(std::vector<PreparedTelling const*> const& members) const;

    SameEventRules const& m_rules;
    ActorParents const& m_parents;
    Comparison m_comparison;
    Read m_read;
    Decided m_decided;
    std::map<std::string_view, std::vector<std::string_view>> m_merges; ///< both ways round
    std::set<std::string_view> m_split;
    std::unordered_map<std::size_t, Entry> m_entries; ///< that are not decided, by number
    std::map<std::size_t, Cluster> m_clusters;        ///< by the number of the first member
    std::map<std::string_view, std::size_t>
        m_came; ///< tellings of m_merges that are not decided, by event id
    Surroundings m_around;
    NearCells m_cells;
    std::size_t m_next = 0;               ///< number of the next telling
    std::size_t m_begun = 0;              ///< below it, tellings are compared
    std::optional<std::int64_t> m_closed; ///< day up to which clusters were decided
    std::int64_t m_cleared = 0;           ///< day up to which past tellings were forgotten
    std::int64_t m_forgotten = 0;         ///< the same of what makes places busy
};

} // namespace kharita::event
