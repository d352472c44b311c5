#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita::gazetteer {

/// Kinds of places that may be the same place: only records of one kind are compared.
enum class PlaceKind : std::uint8_t {
    unit,
    settlement,
    neighbourhood,
    height,
    water,
    line,
    region,
    facility
};

PlaceKind place_kind(std::string_view feature) noexcept;

/// Why two records may be the same place, the strongest first.
enum class Evidence : std::uint8_t { id, arabic_name, latin_name, arabic_spelling, latin_sound };

/// One thing that a record can be found by: an id, a name, the sound of a name. Of fixed size, so that
/// millions are sorted on disk.
struct MatchEntry {
    std::uint64_t key = 0;    ///< hash of the id or name
    std::uint32_t record = 0; ///< number of the record: existing ones first, then those imported
    std::int32_t lon = 0;     ///< in 1e-7 degrees
    std::int32_t lat = 0;
    std::uint32_t admin1 = 0; ///< hash; 0 where unknown
    std::uint32_t unit = 0;   ///< of the smallest admin unit; 0 where unknown
    std::uint32_t arabic = 0; ///< of the Arabic main name's spelling; 0 where it has none
    PlaceKind kind = PlaceKind::settlement;
    Evidence evidence = Evidence::id;
    std::uint8_t source = 0; ///< number of the id's source, as SourceNumbers has it
    bool own = false;        ///< of an id: the record's own, not a reference

    LonLat at() const noexcept { return {lon * 1e-7, lat * 1e-7}; }
};
static_assert(sizeof(MatchEntry) == 40);

/// Entries on disk, divided by key, so that those of equal key come to stand together in memory for one
/// division at a time: 60 million entries take 2.4 GB of disk and 40 MB of memory.
class EntryBuckets {
public:
    static constexpr std::size_t count = 64;

    /// Its files are in `folder`, unnamed: nothing remains whatever happens. Throws OutputError.
    explicit EntryBuckets(std::filesystem::path const& folder);
    /// Throws OutputError (disk full).
    void add(MatchEntry const& entry);
    /// The entries of a division, by key, then by latitude, then by record.
    std::vector<MatchEntry> sorted(std::size_t bucket);

private:
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    std::vector<std::unique_ptr<std::FILE, Close>> m_files;
    std::vector<std::size_t> m_sizes;
};

/// A new file without a name in a folder, open for writing and reading. Throws OutputError.
std::FILE* open_unnamed(std::filesystem::path const& folder);

} // namespace kharita::gazetteer
