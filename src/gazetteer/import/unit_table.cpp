#include "gazetteer/import/unit_table.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "gazetteer/import/match_names.hpp"
#include "geo/geodesic.hpp"

namespace kharita::gazetteer {

namespace {

std::uint64_t name_slot(UnitIndex parent, std::uint64_t name) noexcept {
    return name ^ (0x9E37'79B9'7F4A'7C15ULL * (std::uint64_t{parent} + 1));
}

/// How far apart two sources may place the middle of the same unit.
Metres reach(FeatureClass level) noexcept {
    switch (level) {
    case FeatureClass::country:
        return Metres{1'500'000};
    case FeatureClass::admin1:
        return Metres{100'000};
    case FeatureClass::admin2:
        return Metres{60'000};
    default:
        return Metres{30'000};
    }
}

bool is_level(FeatureClass level) noexcept {
    return level == FeatureClass::country || level == FeatureClass::admin1 || level == FeatureClass::admin2 ||
           level == FeatureClass::admin3;
}

} // namespace

bool UnitTable::is_unit(std::string_view feature) noexcept {
    return is_level(feature_class(feature));
}

UnitIndex UnitTable::append(Unit unit) {
    auto const index = static_cast<UnitIndex>(m_units.size());
    m_codes.emplace(unit.id, index);
    m_units.push_back(std::move(unit));
    return index;
}

void UnitTable::add_name(UnitIndex unit, std::string_view name) {
    for (MatchName const& each : match_names(name)) {
        for (std::uint64_t const hash : {each.letters, each.sound}) {
            if (hash == 0) {
                continue;
            }
            auto const [at, is_new] = m_by_name.emplace(name_slot(m_units[unit].parent, hash), unit);
            if (!is_new && at->second != unit) {
                at->second = no_unit;
            }
        }
    }
}

void UnitTable::add(ExistingPlace const& place) {
    UnitIndex const index = append({place.id, place.name_en.empty() ? place.name_ar : place.name_en,
                                    feature_class(place.feature), no_unit, place.at});
    for (std::string const& ref : place.refs) {
        m_codes.emplace(ref, index);
    }
    m_parents.resize(m_units.size());
    m_parents[index] = place.parent;
    m_names.resize(m_units.size());
    m_names[index] = place.aliases;
    m_names[index].push_back(place.name_ar);
    m_names[index].push_back(place.name_en);
}

void UnitTable::link() {
    for (UnitIndex i = 0; i < m_parents.size(); ++i) {
        if (m_parents[i].empty()) {
            continue;
        }
        m_units[i].parent = find(m_parents[i]);
        if (m_units[i].parent == no_unit) {
            fail<InputError>("the admin unit {} of {} is not in the gazetteer", m_parents[i], m_units[i].id);
        }
    }
    for (UnitIndex i = 0; i < m_names.size(); ++i) {
        for (std::string const& name : m_names[i]) {
            add_name(i, name);
        }
    }
    m_parents.clear();
    m_names.clear();
}

void UnitTable::add_code(std::string_view code, std::string_view of) {
    if (UnitIndex const unit = find(of); unit != no_unit) {
        m_codes.emplace(code, unit);
    }
}

UnitIndex UnitTable::find(std::string_view code) const {
    auto const found = m_codes.find(code);
    return found == m_codes.end() ? no_unit : found->second;
}

UnitIndex UnitTable::find_name(UnitIndex parent, std::string_view name) const {
    for (MatchName const& each : match_names(name)) {
        // By its sound Ariqa would be Iraq: of countries only a name as it is written counts.
        for (std::uint64_t const hash : {each.letters, parent == no_unit ? 0 : each.sound}) {
            auto const found = hash == 0 ? m_by_name.end() : m_by_name.find(name_slot(parent, hash));
            if (found != m_by_name.end() && found->second != no_unit) {
                return found->second;
            }
        }
    }
    return no_unit;
}

UnitIndex UnitTable::find(SourceRecord const& record) const {
    UnitIndex smallest = record.country.empty() ? no_unit : find(record.country);
    for (std::string const& name : record.units) {
        UnitIndex unit = find(name);
        if (unit == no_unit) {
            unit = find_name(smallest, name);
        }
        if (unit != no_unit) {
            smallest = unit;
        }
    }
    return smallest;
}

UnitIndex UnitTable::at_level(UnitIndex index, FeatureClass level) const noexcept {
    std::size_t steps = 0;
    while (index != no_unit && m_units[index].level != level && ++steps < 16) {
        index = m_units[index].parent;
    }
    return steps < 16 ? index : no_unit;
}

UnitIndex UnitTable::find_same(SourceRecord const& record, FeatureClass level, UnitIndex parent) const {
    std::array<std::string const*, 2> const main{&record.name_ar, &record.name_en};
    for (std::string const* const name : main) {
        if (UnitIndex const unit = find_name(parent, *name);
            unit != no_unit && m_units[unit].level == level) {
            return unit;
        }
    }
    for (std::string const& name : record.aliases) {
        if (UnitIndex const unit = find_name(parent, name); unit != no_unit && m_units[unit].level == level) {
            return unit;
        }
    }
    return no_unit;
}

UnitTable::Match UnitTable::add(SourceRecord const& record) {
    FeatureClass const level = feature_class(record.feature);
    Match match;
    match.unit = find(record.id);
    for (auto const* const ids : {&record.codes, &record.refs}) {
        for (std::string const& id : *ids) {
            if (match.unit == no_unit || m_units[match.unit].level != level) {
                match.unit = find(id);
            }
        }
    }
    // Tables name a unit among those that hold it: what is not above it is passed over.
    UnitIndex parent = find(record);
    while (parent != no_unit && m_units[parent].level >= level) {
        parent = m_units[parent].parent;
    }
    if (match.unit != no_unit && m_units[match.unit].level == level) {
        match.why = "id";
    } else {
        match.unit = find_same(record, level, parent);
        match.why = match.unit == no_unit ? "" : "name";
    }
    if (!record.is_located && match.unit == no_unit) {
        return match;
    }
    if (match.unit != no_unit && record.is_located) {
        match.distance = geo::distance(m_units[match.unit].at, record.at);
        match.conflict = match.distance > reach(level);
    }
    match.other = match.unit;
    // Within one unit a name stands once; without, homonyms may be meant.
    if (match.unit == no_unit || (match.conflict && match.why == "name" && parent == no_unit)) {
        match.unit = append(
            {record.id, record.name_en.empty() ? record.name_ar : record.name_en, level, parent, record.at});
        match.is_new = true;
    }
    m_codes.emplace(record.id, match.unit);
    for (auto const* const ids : {&record.codes, &record.refs}) {
        for (std::string const& id : *ids) {
            m_codes.emplace(id, match.unit);
        }
    }
    add_name(match.unit, record.name_ar);
    add_name(match.unit, record.name_en);
    for (std::string const& name : record.aliases) {
        add_name(match.unit, name);
    }
    return match;
}

} // namespace kharita::gazetteer
