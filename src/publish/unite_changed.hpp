#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "model/date.hpp"
#include "publish/unite.hpp"
#include "publish/unite_basis.hpp"

namespace kharita::store {
class SameEventRecord;
} // namespace kharita::store

namespace kharita::publish {

/// Unites anew what tellings of some days can have changed, and gives the same as uniting everything.
///
/// A telling that comes or goes changes how busy its place is for busy_days before and after; a telling for
/// which that changed may be like others or not like them any more that are as near to it as two of one
/// happening can be. So clusters that have a member so near a changed day are decided anew, from all tellings
/// that any of their members could be like, with all days that make these busy; where a cluster reaches out
/// of the days that were read, more are read. All other clusters are what they were.
class ChangedUnion {
public:
    /// What is named must outlive it.
    ChangedUnion(store::Database& database, UniteBasis const& basis, std::set<Date> const& changed);

    /// Records what is not recorded so already. Counts are of the clusters that were decided.
    UniteCounts run(store::SameEventRecord& record);

private:
    /// Days from the epoch, both included.
    struct Window {
        std::int64_t first = 0;
        std::int64_t last = 0;
    };
    struct Decided {
        Window window;
        std::vector<KeptHappening> happenings; ///< that are recorded otherwise
        UniteCounts counts;
    };

    std::int64_t near() const noexcept;
    std::int64_t busy() const noexcept;
    std::vector<Window> windows() const;
    bool is_suspect(std::span<std::vector<ToldHappening> const> cluster) const;
    /// The window that the cluster needs, or nothing where this one will do.
    std::optional<Window> wider(Window window, std::span<std::vector<ToldHappening> const> cluster) const;
    /// Decides what lies in a window; or says what wider window it takes.
    std::optional<Window> decide(Decided& decided);
    std::vector<Decided> decide_all();

    store::Database& m_database;
    UniteBasis const& m_basis;
    std::set<Date> const& m_changed;
};

} // namespace kharita::publish
