#pragma once

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "event/same_event_rules.hpp"
#include "event/same_events.hpp"
#include "event/telling_comparison.hpp"
#include "model/correction.hpp"
#include "model/telling.hpp"

namespace kharita::store {
class Database;
}

namespace kharita::publish {

/// All that decides which tellings are one, but for the tellings themselves.
struct UniteBasis {
    event::SameEventRules rules;
    event::ActorParents parents;
    event::SameEventOrders orders;
    std::set<std::string> set_tolls; ///< events whose dead or injured an analyst stated
    std::string text;                ///< a hash of it all: equal where it is equal

    static UniteBasis read(store::Database& database, std::filesystem::path const& data_dir,
                           std::span<Correction const> corrections);
};

/// A happening of several tellings, with what recording them takes.
struct KeptHappening {
    std::vector<Telling> tellings;
    std::vector<ToldHappening> told; ///< to be put right before use, by point()

    explicit KeptHappening(std::vector<ToldHappening> const& happening);
    /// Lets `told` point to these tellings, wherever they lie now.
    void point();
};

} // namespace kharita::publish
