#include "publish/unite.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "event/same_event_sweep.hpp"
#include "publish/unite_basis.hpp"
#include "publish/unite_changed.hpp"
#include "store/changed_days.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::publish {

namespace {

UniteCounts unite_all(store::Database& database, UniteBasis const& basis, store::SameEventRecord& record) {
    record.clear();
    UniteCounts counts;
    counts.is_whole = true;
    std::vector<KeptHappening> united; // a server undoes what is written while rows are read
    event::SameEventSweep sweep{basis.rules, basis.parents, basis.orders,
                                [&](Telling& telling) { store::read_words(database, telling); },
                                [&](std::span<std::vector<ToldHappening> const> happenings) {
                                    for (auto const& happening : happenings) {
                                        counts.tellings += happening.size();
                                        if (happening.size() > 1) {
                                            ++counts.united;
                                            united.emplace_back(happening);
                                        }
                                    }
                                    counts.happenings += happenings.size();
                                }};
    {
        store::TellingRows rows{database};
        while (auto telling = rows.next()) {
            telling->toll_is_set = basis.set_tolls.contains(telling->event);
            sweep.add(std::move(*telling));
        }
    }
    sweep.end();
    for (KeptHappening& happening : united) {
        happening.point();
        record.put(happening.told);
    }
    return counts;
}

/// Whether an analyst merges events that lie farther apart in time than any others that are compared: such a
/// cluster is not found by looking round a day.
bool merges_far(store::Database& database, UniteBasis const& basis) {
    store::Statement dates = database.prepare("SELECT date FROM event WHERE event_id = ?");
    auto const day = [&](std::string const& event) {
        auto const date = dates.bind(event).step() ? parse_date(dates.text(0)) : std::nullopt;
        dates.reset();
        return date;
    };
    double const far = basis.rules.widest_days() + basis.rules.longest;
    return std::ranges::any_of(basis.orders.merge, [&](auto const& merge) {
        auto const a = day(merge.first);
        auto const b = day(merge.second);
        return a && b && std::abs(static_cast<double>((*a - *b).count())) > far;
    });
}

} // namespace

UniteCounts unite_events(store::Database& database, std::filesystem::path const& data_dir,
                         std::span<Correction const> corrections, UniteScope scope) {
    UniteBasis const basis = UniteBasis::read(database, data_dir, corrections);
    store::SameEventRecord record{database};
    bool const is_known = store::united_by(database) == basis.text;
    UniteCounts counts;
    if (scope == UniteScope::all || !is_known || merges_far(database, basis)) {
        counts = unite_all(database, basis, record);
    } else {
        auto const changed = store::changed_days(database);
        counts = ChangedUnion{database, basis, changed}.run(record);
    }
    store::forget_changed_days(database);
    store::set_united_by(database, basis.text);
    record.commit();
    return counts;
}

UniteCounts united_counts(store::Database& database) {
    store::Statement row = database.prepare(
        "SELECT count(*), count(same_as), count(DISTINCT same_as) FROM event WHERE modality = 'occurred' AND "
        "geom IS NOT NULL AND date IS NOT NULL");
    UniteCounts counts;
    counts.is_whole = true;
    if (row.step()) {
        counts.tellings = static_cast<std::size_t>(row.integer(0));
        counts.happenings = counts.tellings - static_cast<std::size_t>(row.integer(1));
        counts.united = static_cast<std::size_t>(row.integer(2));
    }
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
