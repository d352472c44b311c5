#include "store/actors.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/tsv.hpp"

namespace kharita::store {

namespace {

/// Where the columns stand that are read.
struct Columns {
    std::size_t count = 0;
    std::optional<std::size_t> id, name, aliases, country, inter, parent;
};

std::optional<std::size_t> position(std::vector<std::string_view> const& header, std::string_view name) {
    auto const found = std::ranges::find(header, name);
    return found == header.end() ? std::nullopt
                                 : std::optional{static_cast<std::size_t>(found - header.begin())};
}

Columns columns_of(std::string_view line, std::string const& where) {
    auto const header = split(line, '\t');
    Columns const columns{.count = header.size(),
                          .id = position(header, "id"),
                          .name = position(header, "name"),
                          .aliases = position(header, "aliases"),
                          .country = position(header, "country"),
                          .inter = position(header, "inter"),
                          .parent = position(header, "parent")};
    if (!columns.id || !columns.name) {
        fail<InputError>("{}: the header is \"{}\"; expected columns id and name", where, line);
    }
    return columns;
}

/// Of «أ; ب=0.5; c» the first that is Arabic and the actor's alone.
std::string_view arabic_name(std::string_view aliases) {
    for (std::string_view const part : split(aliases, ';')) {
        std::string_view const alias = trimmed(part);
        // Arabic letters of UTF-8 begin with the bytes D8 to DB.
        bool const is_arabic = !alias.empty() && static_cast<unsigned char>(alias.front()) >= 0xD8U &&
                               static_cast<unsigned char>(alias.front()) <= 0xDBU;
        if (is_arabic && alias.find('=') == std::string_view::npos) {
            return alias;
        }
    }
    return {};
}

std::string_view kind_of(std::string_view inter) {
    // ACLED's code of actor types, in words.
    if (inter == "1") {
        return "state forces";
    }
    if (inter == "2") {
        return "rebel group";
    }
    if (inter == "3") {
        return "political militia";
    }
    if (inter == "4") {
        return "identity militia";
    }
    if (inter == "5") {
        return "rioters";
    }
    if (inter == "6") {
        return "protesters";
    }
    if (inter == "7") {
        return "civilians";
    }
    return inter == "8" ? "external or other forces" : "";
}

} // namespace

std::vector<ActorRecord> read_actors(std::filesystem::path const& file) {
    std::vector<ActorRecord> actors;
    std::optional<Columns> columns;
    LineReader lines{file};
    while (auto const line = lines.next()) {
        if (trimmed(*line).empty() || line->starts_with('#')) {
            continue;
        }
        std::string const where = fmt::format("{}:{}", lines.name(), lines.line_number());
        if (!columns) {
            columns = columns_of(*line, where);
            continue;
        }
        auto const cells = split(*line, '\t');
        if (cells.size() != columns->count) {
            fail<InputError>("{}: {} cells; expected {}", where, cells.size(), columns->count);
        }
        auto const cell = [&](std::optional<std::size_t> column) {
            return column ? trimmed(cells[*column]) : std::string_view{};
        };
        actors.push_back({.id = std::string{cell(columns->id)},
                          .name = std::string{cell(columns->name)},
                          .name_ar = std::string{arabic_name(cell(columns->aliases))},
                          .kind = std::string{kind_of(cell(columns->inter))},
                          .country = std::string{cell(columns->country)},
                          .parent = std::string{cell(columns->parent)}});
    }
    return actors;
}

} // namespace kharita::store
