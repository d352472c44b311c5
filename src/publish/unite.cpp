#include "publish/unite.hpp"

#include <set>
#include <vector>

#include <fmt/format.h>

#include "event/same_events.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::publish {

namespace {

event::SameEventOrders orders_of(std::span<Correction const> corrections) {
    event::SameEventOrders orders;
    for (Correction const& correction : corrections) {
        if (correction.kind == Correction::Kind::merge) {
            orders.merge.emplace_back(correction.target, correction.value);
        } else if (correction.kind == Correction::Kind::split) {
            orders.split.push_back(correction.target);
        }
    }
    return orders;
}

/// Tellings whose dead or injured an analyst stated.
void mark_set_tolls(std::span<Correction const> corrections, std::vector<Telling>& tellings) {
    std::set<std::string_view> set;
    for (Correction const& correction : corrections) {
        bool const toll = correction.field.starts_with("killed") || correction.field.starts_with("injured");
        if (correction.kind == Correction::Kind::edit && toll) {
            set.insert(correction.target);
        }
    }
    for (Telling& telling : tellings) {
        telling.toll_is_set = set.contains(telling.event);
    }
}

} // namespace

UniteCounts unite_events(store::Database& database, std::filesystem::path const& data_dir,
                         std::span<Correction const> corrections) {
    auto const rules = event::SameEventRules::load(data_dir / "schemas/same_event.tsv");
    std::vector<Telling> tellings = store::tellings(database);
    mark_set_tolls(corrections, tellings);
    std::vector<SameEvent> const same =
        event::same_events(tellings, rules, store::actor_parents(database), orders_of(corrections));
    store::put_same_events(database, tellings, same);
    std::set<std::size_t> united;
    for (SameEvent const& one : same) {
        united.insert(one.first);
    }
    return {
        .tellings = tellings.size(), .happenings = tellings.size() - same.size(), .united = united.size()};
}

std::string outcome_of(store::Database& database, Correction const& correction) {
    bool const merges = correction.kind == Correction::Kind::merge;
    if (!merges && correction.kind != Correction::Kind::split) {
        return {};
    }
    auto& find = database.cached(
        "SELECT coalesce(same_as, id) FROM event WHERE event_id = ? AND modality = 'occurred' AND date IS "
        "NOT NULL AND geom IS NOT NULL");
    auto const happening = [&](std::string const& event) -> std::int64_t {
        std::int64_t const row = find.bind(event).step() ? find.integer(0) : 0;
        find.reset();
        return row;
    };
    std::int64_t const target = happening(correction.target);
    if (target == 0) {
        return fmt::format("no report tells of event {} as of one that occurred, dated and located",
                           correction.target);
    }
    if (!merges) {
        return "applied";
    }
    std::int64_t const value = happening(correction.value);
    if (value == 0) {
        return fmt::format("no report tells of event {} as of one that occurred, dated and located",
                           correction.value);
    }
    return target == value ? "applied"
                           : "too much else speaks against it; split what is wrongly united first";
}

} // namespace kharita::publish
