#include "gazetteer/import/match_entries.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <tuple>
#include <unistd.h>

#include "base/error.hpp"
#include "gazetteer/gazetteer.hpp"

namespace kharita::gazetteer {

namespace {

// GeoNames codes of natural places that are water or wet.
constexpr std::array<std::string_view, 20> water_codes{"BAY",  "GULF", "LGN",  "LK",   "LKI", "LKS",  "MRSH",
                                                       "OCN",  "PND",  "RSV",  "SBKH", "SEA", "SPNG", "STRT",
                                                       "FLTM", "WAD",  "WADS", "OAS",  "LKN", "PNDS"};

} // namespace

PlaceKind place_kind(std::string_view feature) noexcept {
    switch (feature_class(feature)) {
    case FeatureClass::country:
    case FeatureClass::admin1:
    case FeatureClass::admin2:
    case FeatureClass::admin3:
        return PlaceKind::unit;
    case FeatureClass::settlement:
        return PlaceKind::settlement;
    case FeatureClass::neighbourhood:
        return PlaceKind::neighbourhood;
    case FeatureClass::natural:
        return std::ranges::find(water_codes, feature) != water_codes.end() ? PlaceKind::water
                                                                            : PlaceKind::height;
    case FeatureClass::line:
        return PlaceKind::line;
    case FeatureClass::region:
        return PlaceKind::region;
    case FeatureClass::facility:
        break;
    }
    return PlaceKind::facility;
}

std::FILE* open_unnamed(std::filesystem::path const& folder) {
    int const descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); // NOLINT(*-vararg)
    std::FILE* const file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w+b");
    if (file == nullptr) {
        fail<OutputError>("{}: no temporary file can be made in it: {}", folder.string(),
                          system_message(errno));
    }
    return file;
}

EntryBuckets::EntryBuckets(std::filesystem::path const& folder) : m_sizes(count) {
    m_files.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        m_files.emplace_back(open_unnamed(folder));
    }
}

void EntryBuckets::add(MatchEntry const& entry) {
    std::size_t const bucket = entry.key >> 58U;
    if (std::fwrite(&entry, sizeof entry, 1, m_files[bucket].get()) != 1) {
        fail<OutputError>("names to compare cannot be written: {}", system_message(errno));
    }
    ++m_sizes[bucket];
}

std::vector<MatchEntry> EntryBuckets::sorted(std::size_t bucket) {
    std::vector<MatchEntry> entries(m_sizes[bucket]);
    std::FILE* const file = m_files[bucket].get();
    if (std::fflush(file) != 0) {
        fail<OutputError>("names to compare cannot be written: {}", system_message(errno));
    }
    std::rewind(file);
    if (std::fread(entries.data(), sizeof(MatchEntry), entries.size(), file) != entries.size()) {
        fail<InputError>("names to compare cannot be read back: {}", system_message(errno));
    }
    m_files[bucket].reset();
    std::ranges::sort(entries, {}, [](MatchEntry const& entry) {
        return std::tuple{entry.key, entry.lat, entry.record, entry.evidence};
    });
    return entries;
}

} // namespace kharita::gazetteer
