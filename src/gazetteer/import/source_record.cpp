#include "gazetteer/import/source_record.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/tsv.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_key.hpp"
#include "text/folded_text.hpp"
#include "text/utf8.hpp"

namespace kharita::gazetteer {

namespace {

constexpr std::size_t longest_name = 200;

enum Column : std::size_t {
    id,
    name_ar,
    name_en,
    aliases,
    feature,
    country,
    units,
    codes,
    lon,
    lat,
    extent,
    uncertainty_m,
    population,
    refs,
    column_count
};
constexpr std::array<std::string_view, column_count> columns{
    "id",    "name_ar", "name_en", "aliases", "feature",       "country",    "units",
    "codes", "lon",     "lat",     "extent",  "uncertainty_m", "population", "refs"};

bool is_invisible(char32_t c) noexcept {
    return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xFEFF || c == 0x061C || c == 0x00AD;
}

bool is_blank(char32_t c) noexcept {
    return c <= 0x20 || c == ';' || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x3000;
}

/// What a letter says of the script of a name.
enum class Script : std::uint8_t { none, arabic, latin, other };

Script script_of(char32_t c) noexcept {
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F) ||
        (c >= 0x1E00 && c <= 0x1EFF)) {
        return Script::latin;
    }
    if (c >= 0x600 && c <= 0x6FF) {
        // Beyond the Arabic alphabet, its marks and digits come the letters of other languages.
        return c < 0x671 ? Script::arabic : Script::other;
    }
    if ((c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE)) {
        return Script::arabic;
    }
    bool const sign = c < 0xC0 || (c >= 0x2B0 && c <= 0x36F) || (c >= 0x2000 && c <= 0x206F);
    return sign ? Script::none : Script::other;
}

bool all_of_script(std::string_view name, Script script) {
    bool any = false;
    while (!name.empty()) {
        auto const [c, length] = text::decode(name);
        if (length == 0) {
            return false;
        }
        Script const found = script_of(c);
        if (found != Script::none && found != script) {
            return false;
        }
        any = any || found == script;
        name.remove_prefix(length);
    }
    return any;
}

std::vector<std::string> cleaned(std::vector<std::string> const& names) {
    std::vector<std::string> clean;
    clean.reserve(names.size());
    for (std::string const& name : names) {
        clean.push_back(clean_name(name));
    }
    return clean;
}

/// Tables write two names of one village as "A - B", "A_B" or "A / B", and set the sub-district behind a name
/// that is not the only one: "A (S)". The first part stays the name, the second becomes an alias, what
/// stands in brackets goes.
void take_apart(std::string& name, std::vector<std::string>& aliases) {
    for (std::size_t open = name.find('('); open != std::string::npos && open > 0; open = name.find('(')) {
        std::size_t const close = name.find(')', open);
        name.erase(open, close == std::string::npos ? close : close - open + 1);
    }
    for (std::string_view const between : {"_", " - ", " / ", "/"}) {
        std::size_t const at = name.find(between);
        if (at != std::string::npos && at > 0) {
            // Of its own, for the list may move when the rest is taken apart in turn.
            std::string rest = name.substr(at + between.size());
            name.erase(at);
            take_apart(rest, aliases);
            aliases.push_back(std::move(rest));
            return;
        }
    }
}

/// Without empty ones, ones said before, and ones that `name_ar` or `name_en` say.
void keep_new(SourceRecord& record) {
    std::vector<std::string> kept;
    for (std::string& alias : record.aliases) {
        if (!alias.empty() && alias != record.name_ar && alias != record.name_en &&
            std::ranges::find(kept, alias) == kept.end()) {
            kept.push_back(std::move(alias));
        }
    }
    record.aliases = std::move(kept);
}

/// The first alias that passes becomes the main name where there is none.
void promote(std::string& main, std::vector<std::string>& names, bool (*passes)(std::string_view)) {
    if (!main.empty()) {
        return;
    }
    auto const found = std::ranges::find_if(names, passes);
    if (found != names.end()) {
        main = *found;
        names.erase(found);
    }
}

std::string joined(std::vector<std::string> const& items) {
    return fmt::format("{}", fmt::join(items, ";"));
}

std::vector<std::string> parts(std::string_view cell) {
    std::vector<std::string> all;
    if (!cell.empty()) {
        for (std::string_view const part : split(cell, ';')) {
            all.emplace_back(part);
        }
    }
    return all;
}

template <typename Number>
Number number_of(std::string_view cell, LineReader const& lines) {
    Number value{};
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size()) {
        fail<InputError>("{}:{}: \"{}\" where a number is expected", lines.name(), lines.line_number(), cell);
    }
    return value;
}

Extent extent_of(std::string_view cell, LineReader const& lines) {
    if (cell.empty()) {
        return {};
    }
    auto const numbers = split(cell, ' ');
    if (numbers.size() != 4) {
        fail<InputError>("{}:{}: \"{}\" where west, south, east, north are expected", lines.name(),
                         lines.line_number(), cell);
    }
    return {number_of<double>(numbers[0], lines), number_of<double>(numbers[1], lines),
            number_of<double>(numbers[2], lines), number_of<double>(numbers[3], lines)};
}

} // namespace

std::string clean_name(std::string_view text) {
    std::string name;
    if (text.size() > 4 * longest_name) {
        return {};
    }
    while (!text.empty()) {
        auto const [c, length] = text::decode(text);
        if (length == 0) {
            return {};
        }
        if (is_blank(c)) {
            if (!name.empty() && name.back() != ' ') {
                name.push_back(' ');
            }
        } else if (!is_invisible(c)) {
            name += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    while (name.ends_with(' ')) {
        name.pop_back();
    }
    if (name.starts_with('#')) { // would be a comment where it begins a line
        name.erase(0, 1);
    }
    if (name.size() > longest_name || name_key(name).letters.empty()) {
        return {};
    }
    return name;
}

bool is_arabic_name(std::string_view name) {
    return all_of_script(name, Script::arabic);
}

bool is_latin_name(std::string_view name) {
    return all_of_script(name, Script::latin);
}

Metres usual_uncertainty(std::string_view feature, std::int64_t population) noexcept {
    switch (feature_class(feature)) {
    case FeatureClass::country:
        return Metres{300'000};
    case FeatureClass::admin1:
        return Metres{50'000};
    case FeatureClass::admin2:
        return Metres{20'000};
    case FeatureClass::admin3:
        return Metres{10'000};
    case FeatureClass::region:
        return Metres{20'000};
    case FeatureClass::line:
        return Metres{5'000};
    case FeatureClass::natural:
        return Metres{1'000};
    case FeatureClass::settlement:
        // A town of 10,000 people spreads over some 800 m; the radius grows with the root of their number.
        return Metres{std::max(500.0, 100.0 * std::round(0.08 * std::sqrt(static_cast<double>(population))))};
    case FeatureClass::neighbourhood:
    case FeatureClass::facility:
        break;
    }
    return Metres{500};
}

std::optional<std::string> normalise(SourceRecord& record) {
    if (record.id.empty()) {
        return "it has no id";
    }
    if (record.id.size() > longest_name || record.id.find_first_of("\t\n\r;# ") != std::string::npos) {
        return fmt::format("\"{}\" cannot be an id", record.id);
    }
    if (record.is_located && !is_valid(record.at)) {
        return fmt::format("it lies at lon {}, lat {}; expected degrees within ±180 and ±90", record.at.lon,
                           record.at.lat);
    }
    if (record.feature.empty()) {
        return "it has no feature code";
    }
    record.at = rounded(record.at);
    take_apart(record.name_ar, record.aliases);
    take_apart(record.name_en, record.aliases);
    record.name_ar = clean_name(record.name_ar);
    record.name_en = clean_name(record.name_en);
    record.aliases = cleaned(record.aliases);
    // A name in the wrong letters is a name all the same.
    if (!record.name_ar.empty() && is_latin_name(record.name_ar)) {
        record.aliases.insert(record.aliases.begin(), std::exchange(record.name_ar, {}));
    }
    if (!record.name_en.empty() && is_arabic_name(record.name_en)) {
        record.aliases.insert(record.aliases.begin(), std::exchange(record.name_en, {}));
    }
    promote(record.name_ar, record.aliases, is_arabic_name);
    promote(record.name_en, record.aliases, is_latin_name);
    keep_new(record);
    if (record.name_ar.empty() && record.name_en.empty()) {
        return "it has no name in Arabic or Latin letters to be found by";
    }
    record.population = std::clamp<std::int64_t>(record.population, 0, 2'000'000'000);
    if (!std::isfinite(record.uncertainty.value) || record.uncertainty.value <= 0) {
        record.uncertainty = usual_uncertainty(record.feature, record.population);
    }
    std::erase(record.refs, record.id);
    std::erase(record.refs, std::string{});
    return std::nullopt;
}

std::string record_header() {
    return fmt::format("{}\n", fmt::join(columns, "\t"));
}

std::string to_line(SourceRecord const& record) {
    Extent const& area = record.extent;
    return fmt::format(
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", record.id, record.name_ar, record.name_en,
        joined(record.aliases), record.feature, record.country, joined(record.units), joined(record.codes),
        record.is_located ? fmt::format("{}", record.at.lon) : std::string{},
        record.is_located ? fmt::format("{}", record.at.lat) : std::string{},
        area.is_empty() ? std::string{}
                        : fmt::format("{} {} {} {}", area.west, area.south, area.east, area.north),
        record.uncertainty.value, record.population, joined(record.refs));
}

RecordReader::RecordReader(std::filesystem::path const& file) : m_lines{file} {
    auto const header = m_lines.next();
    if (!header || std::string{*header} + "\n" != record_header()) {
        fail<InputError>("{}: is no table of imported records", m_lines.name());
    }
}

bool RecordReader::next(SourceRecord& record) {
    auto const line = m_lines.next();
    if (!line) {
        return false;
    }
    auto const cells = split(*line, '\t');
    if (cells.size() != column_count) {
        fail<InputError>("{}:{}: {} cells; expected {}", m_lines.name(), m_lines.line_number(), cells.size(),
                         static_cast<std::size_t>(column_count));
    }
    record.id = cells[id];
    record.name_ar = cells[name_ar];
    record.name_en = cells[name_en];
    record.aliases = parts(cells[aliases]);
    record.feature = cells[feature];
    record.country = cells[country];
    record.units = parts(cells[units]);
    record.codes = parts(cells[codes]);
    record.is_located = !cells[lon].empty();
    record.at = record.is_located
                    ? LonLat{number_of<double>(cells[lon], m_lines), number_of<double>(cells[lat], m_lines)}
                    : LonLat{};
    record.extent = extent_of(cells[extent], m_lines);
    record.uncertainty = Metres{number_of<double>(cells[uncertainty_m], m_lines)};
    record.population = number_of<std::int64_t>(cells[population], m_lines);
    record.refs = parts(cells[refs]);
    return true;
}

} // namespace kharita::gazetteer
