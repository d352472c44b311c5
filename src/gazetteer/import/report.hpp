#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/output_file.hpp"
#include "gazetteer/import/source_record.hpp"

namespace kharita::gazetteer {

/// Ids and names of many records in little memory, by their numbers.
class NameStore {
public:
    void reserve(std::size_t count) { m_ends.reserve(2 * count); }
    void add(std::string_view id, std::string_view name);
    /// Valid until the next add().
    std::pair<std::string_view, std::string_view> get(std::uint32_t number) const noexcept;

private:
    std::string m_text;
    std::vector<std::uint64_t> m_ends;
};

/// Writes what an import comes to: places.tsv, additions.tsv and report.tsv.
class ReportWriter {
public:
    explicit ReportWriter(std::filesystem::path const& folder);

    /// A place that is new.
    void place(SourceRecord const& record, std::string_view parent);
    /// A record that is the place `id`: its names, population and refs are added to that one's. `distance` is
    /// empty where they meet through a third record.
    void merged(SourceRecord const& record, std::string_view verdict, std::string_view why,
                std::optional<Metres> distance, std::string_view id, std::string_view name);
    /// Something that a person should look at.
    void conflict(SourceRecord const& record, std::string_view verdict, std::string_view why,
                  std::optional<Metres> distance, std::string_view id, std::string_view name);

    /// A record that cannot be used after all.
    void set_aside(SourceRecord const& record, std::string_view why);

    void commit();

private:
    void say(std::string_view what, SourceRecord const& record, std::string_view verdict,
             std::string_view why, std::optional<Metres> distance, std::string_view id,
             std::string_view name);

    OutputFile m_places;
    OutputFile m_additions;
    OutputFile m_report;
};

} // namespace kharita::gazetteer
