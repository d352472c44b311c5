#include "gazetteer/import/report.hpp"

#include <fmt/format.h>

#include "gazetteer/place_columns.hpp"

namespace kharita::gazetteer {

namespace {

std::string joined(std::vector<std::string> const& items) {
    return fmt::format("{}", fmt::join(items, ";"));
}

/// The id itself is a ref too, so that the place is found by it after it was united with another.
std::vector<std::string> all_refs(SourceRecord const& record) {
    std::vector<std::string> refs{record.id};
    refs.insert(refs.end(), record.refs.begin(), record.refs.end());
    return refs;
}

} // namespace

void NameStore::add(std::string_view id, std::string_view name) {
    m_text += id;
    m_ends.push_back(m_text.size());
    m_text += name;
    m_ends.push_back(m_text.size());
}

std::pair<std::string_view, std::string_view> NameStore::get(std::uint32_t number) const noexcept {
    std::size_t const at = 2 * std::size_t{number};
    std::size_t const begin = at == 0 ? 0 : m_ends[at - 1];
    std::string_view const text = m_text;
    return {text.substr(begin, m_ends[at] - begin), text.substr(m_ends[at], m_ends[at + 1] - m_ends[at])};
}

ReportWriter::ReportWriter(std::filesystem::path const& folder)
    : m_places{folder / "places.tsv", Overwrite::replace},
      m_additions{folder / "additions.tsv", Overwrite::replace},
      m_report{folder / "report.tsv", Overwrite::replace} {
    m_places.write(place_column::header() + "\n");
    m_additions.write("id\tname_ar\tname_en\taliases\tpopulation\trefs\n");
    m_report.write("what\tverdict\twhy\tdistance_m\tid\tname\tname_ar\tother_id\tother_name\n");
}

void ReportWriter::place(SourceRecord const& record, std::string_view parent) {
    m_places.write(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t\t{}\n", record.id, record.name_ar,
                               record.name_en, joined(record.aliases), record.feature, parent, record.at.lon,
                               record.at.lat, record.uncertainty.value, record.population,
                               joined(all_refs(record))));
}

void ReportWriter::merged(SourceRecord const& record, std::string_view verdict, std::string_view why,
                          std::optional<Metres> distance, std::string_view id, std::string_view name) {
    m_additions.write(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", id, record.name_ar, record.name_en,
                                  joined(record.aliases), record.population, joined(all_refs(record))));
    say("merged", record, verdict, why, distance, id, name);
}

void ReportWriter::conflict(SourceRecord const& record, std::string_view verdict, std::string_view why,
                            std::optional<Metres> distance, std::string_view id, std::string_view name) {
    say("conflict", record, verdict, why, distance, id, name);
}

void ReportWriter::set_aside(SourceRecord const& record, std::string_view why) {
    say("set_aside", record, "", why, std::nullopt, "", "");
}

void ReportWriter::say(std::string_view what, SourceRecord const& record, std::string_view verdict,
                       std::string_view why, std::optional<Metres> distance, std::string_view id,
                       std::string_view name) {
    m_report.write(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", what, verdict, why,
                               distance ? fmt::format("{:.0f}", distance->value) : std::string{}, record.id,
                               record.name_en, record.name_ar, id, name));
}

void ReportWriter::commit() {
    m_places.commit();
    m_additions.commit();
    m_report.commit();
}

} // namespace kharita::gazetteer
