#include "gazetteer/import/matcher.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/tsv.hpp"
#include "gazetteer/import/entry_maker.hpp"
#include "gazetteer/import/existing_places.hpp"
#include "gazetteer/import/merge.hpp"
#include "gazetteer/import/outlines.hpp"
#include "gazetteer/import/report.hpp"
#include "gazetteer/import/source_record.hpp"
#include "gazetteer/import/unit_table.hpp"

namespace kharita::gazetteer {

namespace {

class Matcher {
public:
    explicit Matcher(MatchInput const& input)
        : m_input{input},
          m_outlines{input.boundaries != nullptr ? *input.boundaries : Boundaries{}} {}

    MatchCounts run() {
        read_units();
        add_new_units();
        make_entries();
        MergeResult const merged = find_and_merge();
        write(merged);
        return m_counts;
    }

private:
    /// An admin unit among the records.
    struct NewUnit {
        std::uint32_t number = 0; ///< of the record, from 0
        UnitTable::Match match;
    };

    void read_units();
    void add_new_units();
    void make_entries();
    MergeResult find_and_merge();
    void write(MergeResult const& merged);
    void write_record(SourceRecord const& record, std::uint32_t number, MergeResult const& merged);
    void write_unit(SourceRecord const& record, NewUnit const& unit);
    void set_aside(SourceRecord const& record, std::string_view why) {
        ++m_counts.set_aside;
        if (m_input.set_aside) {
            m_input.set_aside(record, why);
        }
    }

    UnitIndex unit_of(SourceRecord const& record) const;
    /// Of an admin unit that names no country, the one in whose outline it stands, and the governorate.
    void place_in_outline(SourceRecord& unit) const;
    NewUnit const* new_unit(std::uint32_t number) const;
    RecordReader records() const { return RecordReader{m_input.folder / "records.tsv"}; }

    MatchInput const& m_input;
    Outlines m_outlines;
    UnitTable m_units;
    std::vector<NewUnit> m_new_units;              ///< by number
    std::map<std::string, std::string> m_unit_ids; ///< the source's, to the gazetteer's
    std::optional<EntryMaker> m_entries;
    NameStore m_names; ///< ids and names of records that are there; of imported ones once they are written
    std::uint32_t m_first_new = 0;
    std::optional<ReportWriter> m_report;
    MatchCounts m_counts;
};

void Matcher::read_units() {
    read_existing(m_input.tables, [&](ExistingPlace const& place) {
        if (UnitTable::is_unit(place.feature)) {
            m_units.add(place);
        }
        ++m_first_new;
    });
    m_units.link();
    Tsv const countries{m_input.country_codes, {"alpha2", "alpha3"}};
    for (std::size_t row = 0; row < countries.size(); ++row) {
        m_units.add_code(countries.cell(row, 0), countries.cell(row, 1));
    }
}

void Matcher::add_new_units() {
    // Outer ones first, whatever the source's order, so that inner ones find them.
    std::vector<std::pair<std::uint32_t, SourceRecord>> found;
    RecordReader reader = records();
    SourceRecord record;
    for (std::uint32_t number = 0; reader.next(record); ++number) {
        if (UnitTable::is_unit(record.feature)) {
            found.emplace_back(number, record);
        }
    }
    std::ranges::stable_sort(found, {}, [](auto const& each) { return feature_class(each.second.feature); });
    m_new_units.reserve(found.size());
    for (auto& [number, unit] : found) {
        if (m_units.find(unit) == no_unit) {
            place_in_outline(unit);
        }
        m_new_units.push_back({number, m_units.add(unit)});
    }
    std::ranges::sort(m_new_units, {}, &NewUnit::number);
}

void Matcher::place_in_outline(SourceRecord& unit) const {
    auto const* const id = unit.is_located ? m_outlines.find(unit.at) : nullptr;
    UnitIndex const around = id != nullptr ? m_units.find(*id) : no_unit;
    UnitIndex const country = m_units.at_level(around, FeatureClass::country);
    if (country == no_unit) {
        return;
    }
    unit.country = m_units.unit(country).id;
    UnitIndex const admin1 = m_units.at_level(around, FeatureClass::admin1);
    if (admin1 != no_unit && feature_class(unit.feature) > FeatureClass::admin1) {
        unit.units.insert(unit.units.begin(), m_units.unit(admin1).id);
    }
}

Matcher::NewUnit const* Matcher::new_unit(std::uint32_t number) const {
    auto const found = std::ranges::lower_bound(m_new_units, number, {}, &NewUnit::number);
    return found != m_new_units.end() && found->number == number ? &*found : nullptr;
}

UnitIndex Matcher::unit_of(SourceRecord const& record) const {
    UnitIndex unit = m_units.find(record);
    if (unit != no_unit && m_units.unit(unit).level != FeatureClass::country) {
        return unit;
    }
    // Nothing smaller than a country is said: the outline that it stands in knows more.
    if (auto const* const id = m_outlines.find(record.at)) {
        UnitIndex const outline = m_units.find(*id);
        UnitIndex const country = m_units.at_level(outline, FeatureClass::country);
        if (unit == no_unit && country != no_unit && !record.units.empty()) {
            // Names of units mean something within a country.
            SourceRecord within;
            within.country = m_units.unit(country).id;
            within.units = record.units;
            unit = m_units.find(within);
            if (m_units.unit(unit).level != FeatureClass::country) {
                return unit;
            }
        }
        bool const agrees = unit == no_unit || m_units.at_level(outline, FeatureClass::country) == unit;
        if (outline != no_unit && agrees) {
            return outline;
        }
    }
    return unit;
}

void Matcher::make_entries() {
    m_entries.emplace(m_input.folder, m_units, m_first_new);
    m_names.reserve(m_first_new);
    std::uint32_t number = 0;
    read_existing(m_input.tables, [&](ExistingPlace const& place) {
        m_entries->add(number++, place);
        m_names.add(place.id, place.name_en.empty() ? place.name_ar : place.name_en);
    });
    {
        RecordReader sources = records();
        SourceRecord record;
        while (sources.next(record)) {
            m_entries->note_source(record);
        }
    }
    RecordReader reader = records();
    SourceRecord record;
    Progress progress{"records compared", 0};
    while (reader.next(record)) {
        m_entries->add(number, record, unit_of(record), new_unit(number - m_first_new) != nullptr);
        ++number;
        ++m_counts.records;
        progress.add();
    }
}

MergeResult Matcher::find_and_merge() {
    std::vector<RecordPair> pairs;
    for (std::size_t bucket = 0; bucket < EntryBuckets::count; ++bucket) {
        find_pairs(m_entries->buckets().sorted(bucket), m_first_new, pairs);
    }
    std::vector<std::uint64_t> sources = m_entries->take_sources();
    m_entries.reset();
    return merge(std::move(pairs), m_first_new, std::move(sources));
}

void Matcher::write_unit(SourceRecord const& record, NewUnit const& unit) {
    UnitTable::Match const& match = unit.match;
    if (match.unit == no_unit) {
        constexpr std::string_view why = "no position, and no unit of this code or name is known";
        m_report->set_aside(record, why);
        set_aside(record, why);
        return;
    }
    if (match.conflict) {
        UnitTable::Unit const& other = m_units.unit(match.other);
        m_report->conflict(record, match.is_new ? "far_name" : "same_moved", match.why, match.distance,
                           other.id, other.name);
        ++m_counts.conflicts;
    }
    UnitTable::Unit const& target = m_units.unit(match.unit);
    m_unit_ids.try_emplace(record.id, target.id);
    if (match.is_new) {
        m_report->place(record, target.parent == no_unit ? "" : m_units.unit(target.parent).id);
        ++m_counts.places;
        return;
    }
    m_report->merged(record, "same", match.why, match.distance, target.id, target.name);
    ++m_counts.merged;
}

void Matcher::write_record(SourceRecord const& record, std::uint32_t number, MergeResult const& merged) {
    std::uint32_t const root = merged.roots[number];
    auto decision = std::ranges::lower_bound(merged.decisions, number, {}, &RecordPair::newer);
    RecordPair const* how = nullptr;
    for (; decision != merged.decisions.end() && decision->newer == number; ++decision) {
        if (is_merge(decision->verdict)) {
            how = how == nullptr || decision->older == root ? &*decision : how;
        }
        if (decision->verdict != Verdict::same) {
            auto const [id, name] = m_names.get(decision->older);
            m_report->conflict(record, verdict_name(decision->verdict), evidence_name(decision->evidence),
                               Metres{decision->distance}, id, name);
            ++m_counts.conflicts;
        }
    }
    if (std::ranges::binary_search(merged.set_aside, number)) {
        set_aside(record, "its id stands for another record already");
        return;
    }
    if (root == number) {
        UnitIndex const unit = unit_of(record);
        m_report->place(record, unit == no_unit ? "" : m_units.unit(unit).id);
        ++m_counts.places;
        return;
    }
    auto const [id, name] = m_names.get(root);
    if (how == nullptr) { // a later record is both: its line says why
        m_report->merged(record, "same", "through_another", std::nullopt, id, name);
    } else {
        m_report->merged(record, "same", evidence_name(how->evidence), Metres{how->distance}, id, name);
    }
    ++m_counts.merged;
}

void Matcher::write(MergeResult const& merged) {
    m_report.emplace(m_input.folder);
    RecordReader reader = records();
    SourceRecord record;
    Progress progress{"records written", m_counts.records};
    for (std::uint32_t number = 0; reader.next(record); ++number) {
        m_names.add(record.id, record.name_en.empty() ? record.name_ar : record.name_en);
        bool const twice = std::ranges::binary_search(merged.set_aside, m_first_new + number);
        if (NewUnit const* const unit = twice ? nullptr : new_unit(number)) {
            write_unit(record, *unit);
        } else {
            write_record(record, m_first_new + number, merged);
        }
        progress.add();
    }
    m_report->commit();
    write_outlines(m_input.folder, m_unit_ids);
}

} // namespace

MatchCounts match_records(MatchInput const& input) {
    return Matcher{input}.run();
}

} // namespace kharita::gazetteer
