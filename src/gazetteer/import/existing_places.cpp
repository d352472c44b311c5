#include "gazetteer/import/existing_places.hpp"

#include <charconv>

#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/tsv.hpp"
#include "gazetteer/place_columns.hpp"

namespace kharita::gazetteer {

namespace {

using namespace place_column;

double degrees(std::string_view cell, LineReader const& lines) {
    double value = 0;
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size()) {
        fail<InputError>("{}:{}: \"{}\" where degrees are expected", lines.name(), lines.line_number(), cell);
    }
    return value;
}

void split_list(std::string_view cell, std::vector<std::string>& items) {
    items.clear();
    for (std::string_view const part : split(cell, ';')) {
        if (auto const item = trimmed(part); !item.empty()) {
            items.emplace_back(item);
        }
    }
}

void read_table(std::filesystem::path const& table, std::function<void(ExistingPlace const&)> const& use) {
    LineReader lines{table};
    ExistingPlace place;
    bool header = true;
    while (auto const line = lines.next()) {
        if (line->empty() || line->front() == '#') {
            continue;
        }
        if (header) {
            header = false;
            continue;
        }
        auto const cells = split(*line, '\t');
        if (cells.size() != column_count) {
            fail<InputError>("{}:{}: {} cells; expected {}", lines.name(), lines.line_number(), cells.size(),
                             std::size_t{column_count});
        }
        place.id = trimmed(cells[id]);
        place.name_ar = trimmed(cells[name_ar]);
        place.name_en = trimmed(cells[name_en]);
        split_list(cells[aliases], place.aliases);
        place.feature = trimmed(cells[feature]);
        place.parent = trimmed(cells[admin]);
        place.at = {degrees(trimmed(cells[lon]), lines), degrees(trimmed(cells[lat]), lines)};
        split_list(cells[refs], place.refs);
        use(place);
    }
}

} // namespace

void read_existing(std::span<std::filesystem::path const> tables,
                   std::function<void(ExistingPlace const&)> const& use) {
    for (std::filesystem::path const& table : tables) {
        read_table(table, use);
    }
}

} // namespace kharita::gazetteer
