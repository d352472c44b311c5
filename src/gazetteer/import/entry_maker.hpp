#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gazetteer/import/existing_places.hpp"
#include "gazetteer/import/match_entries.hpp"
#include "gazetteer/import/source_record.hpp"
#include "gazetteer/import/unit_table.hpp"

namespace kharita::gazetteer {

/// The prefix of an id that tells its source: "gn" of `gn:173566`, "C" of `C3458`; empty for ours.
std::string_view source_prefix(std::string_view id) noexcept;

/// Makes the entries by which records are compared. Existing places must be added before imported records,
/// note_source() called for every imported record in between.
class EntryMaker {
public:
    /// `units` must outlive it.
    EntryMaker(std::filesystem::path const& folder, UnitTable const& units, std::uint32_t first_new);

    void add(std::uint32_t number, ExistingPlace const& place);
    void note_source(SourceRecord const& record);
    /// `is_unit`: an admin unit, which is compared by the table of units and not here.
    void add(std::uint32_t number, SourceRecord const& record, UnitIndex unit, bool is_unit);

    EntryBuckets& buckets() noexcept { return m_buckets; }
    /// By record number, a bit for each source that it has an id of.
    std::vector<std::uint64_t> take_sources() noexcept { return std::move(m_sources); }

private:
    /// The keys of existing places, more or less: which names need not be compared at all.
    class Filter {
    public:
        void add(std::uint64_t key) { m_bits[slot(key) >> 6U] |= bit(key); }
        bool has(std::uint64_t key) const noexcept { return (m_bits[slot(key) >> 6U] & bit(key)) != 0; }

    private:
        static constexpr std::size_t size = std::size_t{1}
                                            << 28U; // 32 MB: 1 in 13 wrong with 20 million keys
        static std::size_t slot(std::uint64_t key) noexcept {
            return (key * 0x9E37'79B9'7F4A'7C15ULL) >> 36U;
        }
        static std::uint64_t bit(std::uint64_t key) noexcept { return std::uint64_t{1} << (slot(key) & 63U); }
        std::vector<std::uint64_t> m_bits = std::vector<std::uint64_t>(size / 64);
    };

    std::uint8_t source_number(std::string_view id);
    void add_ids(MatchEntry entry, std::string_view id, std::vector<std::string> const& refs);
    void add_names(MatchEntry entry, std::string_view name_ar, std::string_view name_en,
                   std::vector<std::string> const& aliases);
    void emit(MatchEntry const& entry);

    UnitTable const& m_units;
    std::uint32_t m_first_new;
    EntryBuckets m_buckets;
    Filter m_existing;
    std::vector<std::string> m_prefixes; ///< source n + 1 has prefix n
    std::vector<std::uint64_t> m_sources;
    std::uint64_t m_imported_sources = 0; ///< bits
    std::vector<std::uint64_t> m_seen;    ///< keys of the record at hand
};

} // namespace kharita::gazetteer
