#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "store/features.hpp"

namespace kharita::store {

class Statement;

/// A property of a layer's features: everything that is known of it. The table of layer_fields.cpp is the
/// only place where one is described; features, GeoJSON, what GDAL writes, the change feed and the data
/// dictionary follow from it, so that a new one is a row there (and in schemas/tileset.json, where tiles
/// carry it).
struct LayerField {
    enum class Kind : std::uint8_t {
        text,   ///< null where it is empty
        arabic, ///< a text without tashkeel
        whole,
        real,
        truth,
        days ///< a date as days since 1970-01-01
    };
    enum class Tiles : std::uint8_t { with, without };
    std::string_view name;
    Kind kind = Kind::text;
    std::string_view column; ///< over the columns of the layer's view (schemas/db)
    Tiles tiles = Tiles::with;
    std::string_view meaning; ///< for people: what it says, its unit, its source of codes
    std::string_view meaning_ar;
    /// Of events: over tables event e, event_group g, document d or place p, of which one alone; empty for
    /// the number of reports. See event_lines.hpp.
    std::string_view tables{};
};

/// The properties of a layer's features, in their order. The first is the id, a text.
std::span<LayerField const> fields_of(Layer layer) noexcept;

/// A real number as layers have it: metres to a tenth of a millimetre and confidences, without the digits
/// that computing leaves behind (0.6649999999999999).
double four_decimals(double number) noexcept;

/// The value of a field that stands in a row's column.
Value value_of(LayerField const& field, Statement const& row, int column);

/// What a layer holds, in one sentence.
std::string_view meaning_of(Layer layer) noexcept;
/// The same in Arabic.
std::string_view arabic_meaning_of(Layer layer) noexcept;

/// The data dictionary: every layer and each of its fields, in English and Arabic, as Markdown.
std::string data_dictionary();

/// A text as a spreadsheet may have it: with an apostrophe before what it would take for a formula.
std::string spreadsheet_text(std::string_view text);

} // namespace kharita::store
