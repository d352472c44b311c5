#include "publish/unite.hpp"

#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "event/same_event_sweep.hpp"
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

/// Events whose dead or injured an analyst stated.
std::set<std::string_view> set_tolls(std::span<Correction const> corrections) {
    std::set<std::string_view> set;
    for (Correction const& correction : corrections) {
        bool const toll = correction.field.starts_with("killed") || correction.field.starts_with("injured");
        if (correction.kind == Correction::Kind::edit && toll) {
            set.insert(correction.target);
        }
    }
    return set;
}

/// A happening of several tellings, with what recording them takes.
struct KeptHappening {
    std::vector<Telling> tellings;
    std::vector<ToldHappening> told;
};

KeptHappening kept(std::vector<ToldHappening> const& happening) {
    KeptHappening made;
    made.told = happening;
    made.tellings.reserve(happening.size());
    for (ToldHappening const& told : happening) {
        made.tellings.push_back(*told.telling);
    }
    return made;
}

} // namespace

UniteCounts unite_events(store::Database& database, std::filesystem::path const& data_dir,
                         std::span<Correction const> corrections) {
    auto const rules = event::SameEventRules::load(data_dir / "schemas");
    event::ActorParents const parents = store::actor_parents(database);
    event::SameEventOrders const orders = orders_of(corrections);
    std::set<std::string_view> const set = set_tolls(corrections);
    UniteCounts counts;
    store::SameEventRecord record{database};
    std::vector<KeptHappening> united; // a server undoes what is written while rows are read
    event::SameEventSweep sweep{
        rules, parents, orders, [&](Telling& telling) { store::read_words(database, telling); },
        [&](std::span<std::vector<ToldHappening> const> happenings) {
            for (auto const& happening : happenings) {
                counts.tellings += happening.size();
                counts.united += happening.size() > 1 ? std::size_t{1} : std::size_t{0};
                if (happening.size() > 1) {
                    united.push_back(kept(happening));
                }
            }
            counts.happenings += happenings.size();
        }};
    {
        store::TellingRows rows{database};
        while (auto telling = rows.next()) {
            telling->toll_is_set = set.contains(telling->event);
            sweep.add(std::move(*telling));
        }
    }
    sweep.end();
    for (KeptHappening& happening : united) {
        for (std::size_t i = 0; i < happening.told.size(); ++i) {
            happening.told[i].telling = &happening.tellings[i];
        }
        record.put(happening.told);
    }
    record.commit();
    return counts;
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
