#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gazetteer/import/source_record.hpp"

namespace kharita::gazetteer {

/// Names by GeoNames id from alternateNamesV2.txt, in bounded memory: sorted into an unnamed file of
/// `work_folder`, of which only the places' offsets are kept (12 bytes a place).
///
/// Kept are names in the languages asked for and in none stated; not historic ones. A preferred name comes
/// first. Airport codes (iata, icao) and Wikidata numbers (wkdt) become refs; links and postcodes are left
/// out.
///
/// Source: GeoNames, readme.txt, "alternateNamesV2.txt".
class AlternateNames {
public:
    struct Name {
        std::string language; ///< ISO 639, or "iata" …
        std::string text;
        bool preferred = false;
    };

    /// `file` is the table, plain or gzip. Bad lines are set aside. Throws InputError.
    AlternateNames(std::filesystem::path const& file, std::filesystem::path const& work_folder,
                   std::vector<std::string> const& languages, SetAside const& set_aside);
    AlternateNames(AlternateNames const&) = delete;
    AlternateNames& operator=(AlternateNames const&) = delete;
    AlternateNames(AlternateNames&&) noexcept;
    AlternateNames& operator=(AlternateNames&&) noexcept;
    ~AlternateNames();

    /// Preferred ones first, else in file order.
    std::vector<Name> find(std::uint32_t geoname_id) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What of a GeoNames dump is wanted, and how it is read.
struct GeonamesOptions {
    std::string classes;                        ///< GeoNames feature classes, as "APTH"; empty: all
    AlternateNames const* alternates = nullptr; ///< null: the dump's own column of alternate names is used
    std::unordered_map<std::string, std::string> country_codes; ///< ISO 3166-1 alpha-2 to alpha-3
};

/// Reads a GeoNames dump (allCountries.txt, SY.txt, cities500.txt), plain or gzip: ids `gn:…`; admin units
/// under codes of the form `gn-adm:SY.09`. Lines that cannot be used are set aside with their reason.
/// Throws InputError when the file cannot be read.
///
/// Source: GeoNames, readme.txt, "The main 'geoname' table".
void read_geonames(std::filesystem::path const& file, GeonamesOptions const& options, UseRecord const& use,
                   SetAside const& set_aside);

/// ISO 3166-1 codes from iso3166.tsv: alpha-2 to alpha-3.
std::unordered_map<std::string, std::string> read_country_codes(std::filesystem::path const& file);

} // namespace kharita::gazetteer
