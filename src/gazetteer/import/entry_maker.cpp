#include "gazetteer/import/entry_maker.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/hash.hpp"
#include "gazetteer/import/match_names.hpp"

namespace kharita::gazetteer {

namespace {

std::uint64_t key_of(Evidence evidence, std::uint64_t hash) noexcept {
    return hash ^ (0xD6E8'FEB8'6659'FD93ULL * (static_cast<std::uint64_t>(evidence) + 1));
}

/// Never 0, which says "unknown".
std::uint32_t short_hash(std::string_view text) noexcept {
    return static_cast<std::uint32_t>(xxh3(text)) | 1U;
}

std::int32_t fixed(double degrees) noexcept {
    return static_cast<std::int32_t>(std::lround(degrees * 1e7));
}

std::uint32_t arabic_hash(std::string_view name_ar) {
    auto const names = match_names(name_ar);
    if (names.empty()) {
        return 0;
    }
    std::uint64_t const hash = names.back().sound != 0 ? names.back().sound : names.back().letters;
    return static_cast<std::uint32_t>(hash) | 1U;
}

} // namespace

std::string_view source_prefix(std::string_view id) noexcept {
    if (std::size_t const colon = id.find(':'); colon != std::string_view::npos) {
        return id.substr(0, colon);
    }
    std::size_t const digit = id.find_first_of("0123456789");
    bool const code = digit != std::string_view::npos && digit > 0 &&
                      id.find_first_not_of("0123456789", digit) == std::string_view::npos &&
                      std::ranges::all_of(id.substr(0, digit), [](char c) { return c >= 'A' && c <= 'Z'; });
    return code ? id.substr(0, digit) : std::string_view{};
}

EntryMaker::EntryMaker(std::filesystem::path const& folder, UnitTable const& units, std::uint32_t first_new)
    : m_units{units},
      m_first_new{first_new},
      m_buckets{folder} {}

std::uint8_t EntryMaker::source_number(std::string_view id) {
    std::string_view const prefix = source_prefix(id);
    if (prefix.empty()) {
        return 0;
    }
    auto const found = std::ranges::find(m_prefixes, prefix);
    auto const number = static_cast<std::size_t>(found - m_prefixes.begin());
    if (found == m_prefixes.end() && number < 62) {
        m_prefixes.emplace_back(prefix);
    }
    return static_cast<std::uint8_t>(std::min<std::size_t>(number, 62) + 1);
}

void EntryMaker::emit(MatchEntry const& entry) {
    if (std::ranges::find(m_seen, entry.key) != m_seen.end()) {
        return;
    }
    m_seen.push_back(entry.key);
    if (entry.record < m_first_new) {
        m_existing.add(entry.key);
    } else if (!entry.own && std::popcount(m_imported_sources) <= 1 && !m_existing.has(entry.key)) {
        return; // names of one source are not compared with each other
    }
    m_buckets.add(entry);
}

void EntryMaker::add_ids(MatchEntry entry, std::string_view id, std::vector<std::string> const& refs) {
    entry.evidence = Evidence::id;
    entry.own = true;
    entry.key = key_of(Evidence::id, xxh3(id));
    std::uint64_t sources = std::uint64_t{1} << entry.source;
    emit(entry);
    entry.own = false;
    for (std::string const& ref : refs) {
        sources |= std::uint64_t{1} << source_number(ref);
        entry.key = key_of(Evidence::id, xxh3(ref));
        emit(entry);
    }
    m_sources.push_back(sources & ~std::uint64_t{1});
}

void EntryMaker::add_names(MatchEntry entry, std::string_view name_ar, std::string_view name_en,
                           std::vector<std::string> const& aliases) {
    auto const add = [&](std::string_view name, bool main) {
        for (MatchName const& each : match_names(name)) {
            entry.evidence = each.arabic ? Evidence::arabic_name : Evidence::latin_name;
            entry.key = key_of(entry.evidence, each.letters);
            emit(entry);
            if (main && each.sound != 0) {
                entry.evidence = each.arabic ? Evidence::arabic_spelling : Evidence::latin_sound;
                entry.key = key_of(entry.evidence, each.sound);
                emit(entry);
            }
        }
    };
    add(name_ar, true);
    add(name_en, true);
    for (std::string const& alias : aliases) {
        add(alias, false);
    }
}

void EntryMaker::add(std::uint32_t number, ExistingPlace const& place) {
    m_seen.clear();
    MatchEntry entry;
    entry.record = number;
    entry.lon = fixed(place.at.lon);
    entry.lat = fixed(place.at.lat);
    entry.kind = place_kind(place.feature);
    entry.source = source_number(place.id);
    add_ids(entry, place.id, place.refs);
    if (entry.kind == PlaceKind::unit) {
        return;
    }
    UnitIndex const unit = m_units.find(place.parent);
    UnitIndex const admin1 = m_units.at_level(unit, FeatureClass::admin1);
    entry.unit = unit == no_unit ? 0 : short_hash(m_units.unit(unit).id);
    entry.admin1 = admin1 == no_unit ? 0 : short_hash(m_units.unit(admin1).id);
    entry.arabic = arabic_hash(place.name_ar);
    add_names(entry, place.name_ar, place.name_en, place.aliases);
}

void EntryMaker::note_source(SourceRecord const& record) {
    m_imported_sources |= std::uint64_t{1} << source_number(record.id);
}

void EntryMaker::add(std::uint32_t number, SourceRecord const& record, UnitIndex unit, bool is_unit) {
    m_seen.clear();
    MatchEntry entry;
    entry.record = number;
    entry.lon = fixed(record.at.lon);
    entry.lat = fixed(record.at.lat);
    entry.kind = is_unit ? PlaceKind::unit : place_kind(record.feature);
    entry.source = source_number(record.id);
    add_ids(entry, record.id, is_unit ? std::vector<std::string>{} : record.refs);
    if (is_unit) {
        return;
    }
    UnitIndex const admin1 = m_units.at_level(unit, FeatureClass::admin1);
    entry.unit = unit == no_unit ? 0 : short_hash(m_units.unit(unit).id);
    entry.admin1 = admin1 == no_unit ? 0 : short_hash(m_units.unit(admin1).id);
    entry.arabic = arabic_hash(record.name_ar);
    add_names(entry, record.name_ar, record.name_en, record.aliases);
}

} // namespace kharita::gazetteer
